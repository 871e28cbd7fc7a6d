import { createApiKeyContract, listApiKeysContract } from '@/lib/api/api-keys';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listApiKeysContract, createApiKeyContract);
