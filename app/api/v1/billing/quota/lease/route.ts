import { takeLeaseContract } from '@/lib/api/leases';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(takeLeaseContract);
