import { getAccountContract, updateAccountContract } from '@/lib/api/account';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getAccountContract, updateAccountContract);
