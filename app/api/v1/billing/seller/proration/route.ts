import { setProrationUnitContract } from '@/lib/api/plan-versions';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(setProrationUnitContract);
