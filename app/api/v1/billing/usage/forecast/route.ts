import { usageForecastContract } from '@/lib/api/usage-outlook';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(usageForecastContract);
