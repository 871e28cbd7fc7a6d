import { getStatementContract } from '@/lib/api/statements';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getStatementContract);
