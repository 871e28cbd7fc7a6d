import type { Charge, ChargeResult, NewRefund } from '@/lib/billing/payments/gateway/charges';
import type { CheckoutMode, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { newId } from '@/lib/core/ids';
import type { Behaviour, GatewayBench } from './bench';

export const currency = 'USD';
export const hour = 3_600_000;

/** What the promises begin with: a customer, one who can pay, one who has paid, a page to be opened. */
export function stepsOn(bench: GatewayBench) {
  const { gateway } = bench;
  const newCustomer = async () => {
    const accountId = newId('acc');
    const { reference } = await gateway.createCustomer({ idempotencyKey: newId('req'), accountId, name: 'Demo', email: 'buyer@demo.example' });
    return { accountId, customer: reference };
  };
  const payer = async (behaviour: Behaviour, change: Partial<Charge> = {}) => {
    const { accountId, customer } = await newCustomer();
    const paymentMethod = await bench.storeMethod(customer, behaviour);
    const asked: Charge = { idempotencyKey: newId('att'), customer, paymentMethod, amountMinor: 2999n, currency, accountId, onSession: false, description: 'INV-1', ...change };
    return { customer, asked };
  };
  const paid = async () => {
    const { customer, asked } = await payer('pays');
    const charge = nameOf(await gateway.charge(asked));
    const refund = (amountMinor: bigint): NewRefund => ({ idempotencyKey: newId('req'), charge, amountMinor, currency, accountId: asked.accountId });
    return { customer, asked, charge, refund };
  };
  const checkoutOf = async (mode: CheckoutMode): Promise<{ customer: string; asked: NewCheckout }> => {
    const { accountId, customer } = await newCustomer();
    const expiresAt = new Date(Date.now() + 2 * hour);
    const base = { idempotencyKey: newId('req'), checkoutId: newId('co'), accountId, customer, successUrl: 'https://portal.example.com/success', cancelUrl: 'https://portal.example.com/cancel', expiresAt, language: 'en' as const };
    if (mode === 'setup') return { customer, asked: { ...base, mode, currency } };
    if (mode === 'payment') return { customer, asked: { ...base, mode, attemptId: newId('att'), amountMinor: 2999n, currency, description: 'INV-1', keepMethod: true } };
    const plan = { priceId: newId('price'), name: 'Demo plan', amountMinor: 2999n, currency, interval: 'month' as const, intervalCount: 1 };
    return { customer, asked: { ...base, mode, subscriptionId: newId('sub'), plan } };
  };
  return { newCustomer, payer, paid, checkoutOf };
}

const mostAsks = 6;

/** Asks again, as the domain does, while nothing is known of what became of it. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let asks = 1; ; asks += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GatewayUnavailable) || asks === mostAsks) throw error;
    }
  }
}

/** The gateway's own name of a charge that it made. */
export function nameOf(result: ChargeResult): string {
  if (result.reference === null) throw new Error('The gateway made no charge.');
  return result.reference;
}

/** A gateway may answer or throw that it will not charge a method that it does not know. */
export function refused(error: unknown): ChargeResult {
  if (!(error instanceof GatewayRefusal)) throw error;
  return { outcome: 'failed', reference: null, code: 'invalid_method', retryable: false };
}
