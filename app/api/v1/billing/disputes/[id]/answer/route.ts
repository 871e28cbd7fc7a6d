import { answerDisputeContract } from '@/lib/api/disputes';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(answerDisputeContract);
