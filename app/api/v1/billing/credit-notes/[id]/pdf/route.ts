import { getCreditNotePdfContract } from '@/lib/api/credit-notes';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getCreditNotePdfContract);
