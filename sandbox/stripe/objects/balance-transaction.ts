import type Stripe from 'stripe';
import { newId } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';

export const balanceTransaction = kind<Stripe.BalanceTransaction>({ object: 'balance_transaction', prefix: 'txn', expandable: { source: 'any' } });

const day = 24 * 3_600;
const pendingDays = 2;

export interface Booking {
  type: Stripe.BalanceTransaction.Type;
  /** As Stripe's reports group it: `charge`, `refund`, `dispute`, `dispute_reversal`… */
  reportingCategory: string;
  /** Minor units; negative leaves the balance. */
  amount: number;
  /** What Stripe keeps; negative gives it back. */
  fee: number;
  currency: string;
  source: string;
  description: string | null;
  /** True for funds that are available at once. */
  availableNow?: boolean;
}

/** Books a movement of the balance. */
export function book(sandbox: Sandbox, { type, reportingCategory, amount, fee, currency, source, description, availableNow = false }: Booking): Stripe.BalanceTransaction {
  const created = sandbox.now();
  const availableOn = availableNow ? created : (Math.floor(created / day) + pendingDays) * day;
  const made = sandbox.insert(balanceTransaction, {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: availableOn,
    balance_type: 'payments',
    created,
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description: type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: reportingCategory,
    source,
    status: availableNow ? 'available' : 'pending',
    type,
  });
  if (!availableNow) sandbox.later('make_funds_available', made.id, availableOn * 1_000 - sandbox.clock.now());
  return made;
}

/** The job that ends the waiting of funds. */
export function makeFundsAvailable(sandbox: Sandbox, id: string): void {
  const row = sandbox.rows(balanceTransaction).get(id);
  if (row) row.status = 'available';
}
