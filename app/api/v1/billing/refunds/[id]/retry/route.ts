import { retryRefundContract } from '@/lib/api/refunds';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(retryRefundContract);
