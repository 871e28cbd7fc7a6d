import { correctUsageContract } from '@/lib/api/usage-corrections';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(correctUsageContract);
