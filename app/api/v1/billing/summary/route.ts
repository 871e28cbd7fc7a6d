import { readSummaryContract } from '@/lib/api/summary';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(readSummaryContract);
