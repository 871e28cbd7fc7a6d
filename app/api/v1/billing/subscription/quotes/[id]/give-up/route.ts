import { giveUpChangeContract } from '@/lib/api/subscription';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(giveUpChangeContract);
