import { readPaymentStatusContract } from '@/lib/api/payments';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(readPaymentStatusContract);
