import { getSellerLanguageContract, setSellerLanguageContract } from '@/lib/api/seller-language';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(getSellerLanguageContract, setSellerLanguageContract);
