import { getRunContract } from '@/lib/api/billing-runs';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getRunContract);
