import { getTopUpContract } from '@/lib/api/top-ups';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getTopUpContract);
