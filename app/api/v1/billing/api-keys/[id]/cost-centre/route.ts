import { assignKeyContract } from '@/lib/api/cost-centres';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PUT, PATCH, DELETE } = routes(assignKeyContract);
