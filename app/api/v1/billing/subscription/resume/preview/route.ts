import { previewResumptionContract } from '@/lib/api/subscription-life';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(previewResumptionContract);
