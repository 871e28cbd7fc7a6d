import { getDunningPolicyContract, setDunningPolicyContract } from '@/lib/api/dunning';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getDunningPolicyContract, setDunningPolicyContract);
