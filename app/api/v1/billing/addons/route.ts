import { listAddonsContract } from '@/lib/api/addons';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listAddonsContract);
