import { unreadAlertContract } from '@/lib/api/alerts';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(unreadAlertContract);
