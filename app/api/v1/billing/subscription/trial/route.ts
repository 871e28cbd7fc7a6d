import { beginTrialContract } from '@/lib/api/trial';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(beginTrialContract);
