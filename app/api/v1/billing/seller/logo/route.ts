import { setSellerLogoContract } from '@/lib/api/seller-logo';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(setSellerLogoContract);
