import { usageBreakdownContract } from '@/lib/api/usage';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(usageBreakdownContract);
