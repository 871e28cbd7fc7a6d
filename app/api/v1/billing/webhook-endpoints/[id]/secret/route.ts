import { renewSecretContract } from '@/lib/api/webhooks';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(renewSecretContract);
