import { createManagedSubscriptionCheckoutContract } from '@/lib/api/checkouts';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(createManagedSubscriptionCheckoutContract);
