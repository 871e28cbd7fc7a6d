import { setLevelContract } from '@/lib/api/levels';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(setLevelContract);
