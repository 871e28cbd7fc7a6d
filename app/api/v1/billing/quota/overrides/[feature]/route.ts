import { setOverrideContract, removeOverrideContract } from '@/lib/api/quota-adjustments';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(setOverrideContract, removeOverrideContract);
