import { checkoutReturn } from '@/lib/http/checkout-return';

export const GET = checkoutReturn('success');
