import { redeemCouponContract, removeCouponContract } from '@/lib/api/subscription-items';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(redeemCouponContract, removeCouponContract);
