import type Stripe from 'stripe';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { GatewayMethod } from '@/lib/billing/payments/gateway/methods';
import { idOf } from './amounts';
import { asGatewayError, isMissing } from './failures';
import { writeOnce } from './write-once';

const bankDebits = ['us_bank_account', 'sepa_debit', 'bacs_debit', 'au_becs_debit', 'acss_debit'] as const satisfies readonly Stripe.PaymentMethod.Type[];

/** A stored method in the port's words; null for one that belongs to no customer, as Stripe never charges it again. */
export function methodOf(method: Stripe.PaymentMethod): GatewayMethod | null {
  const customer = idOf(method.customer);
  if (!customer) return null;
  return { reference: method.id, customer, ...looksOf(method) };
}

type Looks = Omit<GatewayMethod, 'reference' | 'customer'>;

function looksOf(method: Stripe.PaymentMethod): Looks {
  if (method.card) {
    const { brand, last4, exp_month: month, exp_year: year, fingerprint } = method.card;
    return { kind: 'card', brand, lastDigits: last4, expiry: { month, year }, fingerprint: fingerprint ?? null };
  }
  const debit = bankDebits.find((type) => type === method.type);
  const bank = debit && method[debit];
  if (!bank) return { kind: 'wallet', brand: method.type, lastDigits: '', expiry: null, fingerprint: null };
  const name = 'bank_name' in bank ? bank.bank_name : null;
  return { kind: 'bank_debit', brand: name ?? method.type, lastDigits: bank.last4 ?? '', expiry: null, fingerprint: bank.fingerprint };
}

/** The method, or null when Stripe has none of that name or took it from its customer. */
export async function readMethod(stripe: Stripe, reference: string): Promise<GatewayMethod | null> {
  try {
    return methodOf(await stripe.paymentMethods.retrieve(reference));
  } catch (error) {
    if (isMissing(error)) return null;
    throw asGatewayError(error);
  }
}

/** Takes the method from its customer. Stripe refuses that for one that is gone, which is not an error here. */
export async function removeMethod(stripe: Stripe, { idempotencyKey, reference }: { idempotencyKey: string; reference: string }): Promise<void> {
  const findRemoved = async () => ((await readMethod(stripe, reference)) === null ? ('removed' as const) : null);
  try {
    await writeOnce({
      key: idempotencyKey,
      operation: 'detach',
      find: findRemoved,
      send: async (options) => {
        await stripe.paymentMethods.detach(reference, {}, options);
        return 'removed' as const;
      },
    });
  } catch (error) {
    if (!(error instanceof GatewayRefusal) || !(await findRemoved())) throw error;
  }
}
