import { consumeQuotaContract } from '@/lib/api/quota';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(consumeQuotaContract);
