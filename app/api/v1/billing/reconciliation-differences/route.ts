import { listDifferencesContract } from '@/lib/api/reconciliations';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listDifferencesContract);
