import { listEmbedOriginsContract, setEmbedOriginsContract } from '@/lib/api/embedding';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listEmbedOriginsContract, setEmbedOriginsContract);
