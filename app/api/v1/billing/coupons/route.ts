import { listCouponsContract, createCouponContract } from '@/lib/api/coupons';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(listCouponsContract, createCouponContract);
