import { inviteContract, listInvitationsContract } from '@/lib/api/members';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listInvitationsContract, inviteContract);
