import { readCreditContract } from '@/lib/api/credits';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(readCreditContract);
