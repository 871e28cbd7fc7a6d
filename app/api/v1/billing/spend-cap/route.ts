import { readSpendCapContract, setSpendCapContract, clearSpendCapContract } from '@/lib/api/spend-cap';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(readSpendCapContract, setSpendCapContract, clearSpendCapContract);
