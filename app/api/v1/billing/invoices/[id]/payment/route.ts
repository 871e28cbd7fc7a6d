import { recordPaymentContract } from '@/lib/api/invoice-states';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(recordPaymentContract);
