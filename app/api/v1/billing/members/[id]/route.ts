import { changeRoleContract, removeMemberContract } from '@/lib/api/members';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(changeRoleContract, removeMemberContract);
