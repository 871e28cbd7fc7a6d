import { replayDeadNoticesContract } from '@/lib/api/gateway-notices';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(replayDeadNoticesContract);
