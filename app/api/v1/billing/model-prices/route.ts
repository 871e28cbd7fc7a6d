import { listModelPricesContract, setModelPriceContract } from '@/lib/api/model-prices';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listModelPricesContract, setModelPriceContract);
