import { beginSetupContract } from '@/lib/api/payment-methods';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(beginSetupContract);
