import type { NewGatewayCustomer } from '@/lib/billing/payments/gateway/gateway';

/** PayPal has no customers to be made: methods are stored under the seller's own name of a customer, which is the account's. */
export const createCustomer = ({ accountId }: NewGatewayCustomer): Promise<{ reference: string }> => Promise.resolve({ reference: accountId });
