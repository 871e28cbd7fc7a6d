import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import { listPlans } from '../../catalog/list-plans';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import { readCheckoutByKey } from '../../payments/checkout/store';
import { findFallback } from '../../subscriptions/find-offer';
import { getSubscription } from '../../subscriptions/get-subscription';
import type { Subscription } from '../../subscriptions/subscription';
import type { WantedPlan } from '../change-plan/load';
import { previewPlanChange } from '../change-plan/preview';
import { beginCheckout } from '../checkout/begin-checkout';
import type { CheckoutStanding } from '../checkout/refresh-checkout';
import { confirmQuote } from '../quotes/confirm-quote';
import { subscribe } from '../subscribe';

export interface CheckoutOfPlan {
  subscription: Subscription;
  /** What is charged; null when nothing is. */
  invoice: Invoice | null;
  /** The page to pay on; null: there is nothing to pay first. */
  checkout: CheckoutStanding | null;
}

/**
 * Moves the account to a plan whose first invoice is paid on a page of the gateway: the plan is had when that is paid. An
 * account without a subscription begins with the plan that costs nothing. The same Idempotency-Key is the same page.
 * Throws what previews, confirmations and checkouts throw.
 */
export async function subscribeByCheckout(context: Context, wanted: WantedPlan, { returnPath, requestKey = null }: { returnPath: string; requestKey?: string | null }): Promise<CheckoutOfPlan> {
  const { subscription, invoice, isPaidFirst } = await confirmed(context, wanted, requestKey);
  if (!invoice || !isPaidFirst) return { subscription, invoice, checkout: null };
  return { subscription, invoice, checkout: await beginCheckout(context, { purpose: { kind: 'invoice', invoiceId: invoice.id, keepMethod: true }, returnPath, requestKey }) };
}

function confirmed(context: Context, wanted: WantedPlan, requestKey: string | null): Promise<Pick<CheckoutOfPlan, 'subscription' | 'invoice'> & { isPaidFirst: boolean }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const earlier = requestKey === null ? null : await readCheckoutByKey(transaction, context.accountId, requestKey);
    const running = (await getSubscription(context)) ?? (await beginFree(context));
    if (earlier) {
      if (earlier.invoiceId === null) throw new DomainError('idempotency_key_reused');
      return { subscription: running, invoice: found(await readInvoice(transaction, context.accountId, earlier.invoiceId), 'invoice'), isPaidFirst: true };
    }
    const { quote } = await previewPlanChange(context, wanted);
    const { subscription, invoice, awaitsPaymentUntil } = await confirmQuote(context, quote.id);
    return { subscription, invoice, isPaidFirst: !!awaitsPaymentUntil };
  });
}

async function beginFree(context: Context): Promise<Subscription> {
  const { currency } = await getAccount(context);
  const free = findFallback(await listPlans(context), currency);
  if (!free) throw new DomainError('no_subscription');
  const { interval, intervalCount } = free.price;
  return (await subscribe(context, { planKey: free.plan.key, interval, intervalCount })).subscription;
}
