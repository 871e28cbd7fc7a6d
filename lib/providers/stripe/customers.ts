import type Stripe from 'stripe';
import type { NewGatewayCustomer } from '@/lib/billing/payments/gateway/gateway';
import { writeOnce } from './write-once';

/** Makes the customer under which methods are stored and charged. */
export async function createCustomer(stripe: Stripe, { idempotencyKey, accountId, name, email }: NewGatewayCustomer): Promise<{ reference: string }> {
  const { id } = await writeOnce({
    key: idempotencyKey,
    operation: 'customer',
    send: (options) => stripe.customers.create({ name, email, metadata: { account: accountId } }, options),
  });
  return { reference: id };
}
