import { revokeTokenContract } from '@/lib/api/tokens';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(revokeTokenContract);
