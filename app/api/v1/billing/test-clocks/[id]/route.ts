import { getTestClockContract } from '@/lib/api/test-clocks';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getTestClockContract);
