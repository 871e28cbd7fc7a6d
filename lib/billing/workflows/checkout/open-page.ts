import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { settings } from '@/lib/core/settings';
import { getAccount } from '../../accounts/get-account';
import { readOffer } from '../../catalog/remembered-catalog';
import { readInvoice } from '../../invoices/store';
import type { CheckoutSession } from '../../payments/checkout/checkout';
import { gatewayNamed } from '../../payments/configured-gateway';
import { customerAt } from '../../payments/customer-at';
import type { Checkout } from '../../payments/gateway/checkouts';
import type { ManagedPlan } from '../../payments/gateway/subscriptions';
import { readAttemptOfCheckout } from '../../payments/store';

/** Where the gateway sends the browser afterwards; what it says there is asked for again. */
const returnTo = (outcome: 'success' | 'cancel', id: string): string => `${settings().appUrl}/api/billing/${outcome}?session=${id}`;

/** What the gateway's page calls prepaid credit. */
const credit = { en: 'Prepaid credit', zh: '预付余额充值' } as const;

/**
 * Has the gateway open its page for the session. Asked again, it is the same page, since the session says all of it. Call it
 * outside a transaction. Throws what the gateway throws.
 */
export async function openPage(context: Context, session: CheckoutSession): Promise<Checkout> {
  const { id, accountId, keepMethod, expiresAt } = session;
  const gateway = gatewayNamed(session.gateway);
  const { language, currency } = await getAccount(context);
  const base = {
    idempotencyKey: id, checkoutId: id, accountId, customer: await customerAt(context, gateway),
    successUrl: returnTo('success', id), cancelUrl: returnTo('cancel', id), expiresAt, language,
  };
  if (session.mode === 'setup') return gateway.createCheckout({ ...base, mode: 'setup', currency });
  if (session.mode === 'subscription') return gateway.createCheckout({ ...base, mode: 'subscription', ...(await subscribed(session, language)) });
  const attempt = found(await readAttemptOfCheckout(database(), id), 'payment attempt');
  const invoice = attempt.invoiceId === null ? null : await readInvoice(database(), accountId, attempt.invoiceId);
  const description = invoice ? (invoice.number ?? '') : credit[language];
  return gateway.createCheckout({
    ...base, mode: 'payment', attemptId: attempt.id, amountMinor: attempt.amountMinor, currency: attempt.currency, description, keepMethod,
  });
}

/** What the gateway renews, as the session says it. */
async function subscribed({ subscriptionId, priceId, priceMinor }: CheckoutSession, language: 'en' | 'zh'): Promise<{ subscriptionId: string; plan: ManagedPlan }> {
  const { plan, price } = await readOffer(database(), priceId ?? '');
  const { currency, interval, intervalCount } = price;
  return { subscriptionId: subscriptionId ?? '', plan: { priceId: price.id, name: plan.name[language], amountMinor: priceMinor ?? 0n, currency, interval, intervalCount } };
}
