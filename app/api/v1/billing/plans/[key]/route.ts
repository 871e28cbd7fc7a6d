import { getPlanContract, publishPlanContract, retirePlanContract } from '@/lib/api/plans';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getPlanContract, publishPlanContract, retirePlanContract);
