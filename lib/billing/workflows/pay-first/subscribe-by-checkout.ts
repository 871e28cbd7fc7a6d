import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import { readCheckoutByKey } from '../../payments/checkout/store';
import { gatewayFor } from '../../payments/configured-gateway';
import { getSubscription } from '../../subscriptions/get-subscription';
import type { Subscription } from '../../subscriptions/subscription';
import type { WantedPlan } from '../change-plan/load';
import { previewPlanChange } from '../change-plan/preview';
import { beginCheckout, type WantedCheckout } from '../checkout/begin-checkout';
import type { CheckoutStanding } from '../checkout/refresh-checkout';
import { confirmQuote } from '../quotes/confirm-quote';

export interface CheckoutOfPlan {
  /** As it is now; null before the first. */
  subscription: Subscription | null;
  /** What is charged; null when nothing is. */
  invoice: Invoice | null;
  /** The page to pay on; null: there is nothing to pay first. */
  checkout: CheckoutStanding | null;
}

/**
 * Moves the account to a plan whose first invoice is paid on a page of the gateway: the plan is had when that is paid. The same
 * Idempotency-Key is the same page.
 * Throws what previews, confirmations and checkouts throw.
 */
export async function subscribeByCheckout(context: Context, wanted: WantedPlan, { returnPath, gateway, requestKey = null }: Pick<WantedCheckout, 'returnPath' | 'gateway' | 'requestKey'>): Promise<CheckoutOfPlan> {
  // Before anything is confirmed, so that one that cannot be taken leaves no invoice.
  if (gateway !== undefined) gatewayFor((await getAccount(context)).currency, ({ checkout }) => checkout.includes('payment'), gateway);
  const { subscription, invoice, isPaidFirst } = await confirmed(context, wanted, requestKey);
  if (!invoice || !isPaidFirst) return { subscription, invoice, checkout: null };
  return { subscription, invoice, checkout: await beginCheckout(context, { purpose: { kind: 'invoice', invoiceId: invoice.id, keepMethod: true }, returnPath, gateway, requestKey }) };
}

function confirmed(context: Context, wanted: WantedPlan, requestKey: string | null): Promise<Pick<CheckoutOfPlan, 'subscription' | 'invoice'> & { isPaidFirst: boolean }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const earlier = requestKey === null ? null : await readCheckoutByKey(transaction, context.accountId, requestKey);
    if (earlier) {
      if (earlier.invoiceId === null) throw new DomainError('idempotency_key_reused');
      return { subscription: await getSubscription(context), invoice: found(await readInvoice(transaction, context.accountId, earlier.invoiceId), 'invoice'), isPaidFirst: true };
    }
    const { quote } = await previewPlanChange(context, wanted);
    const { subscription, invoice, awaitsPaymentUntil } = await confirmQuote(context, quote.id);
    return { subscription, invoice, isPaidFirst: !!awaitsPaymentUntil };
  });
}
