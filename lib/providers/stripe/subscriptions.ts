import Stripe from 'stripe';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { ManagedPlan, ManagedSubscription, ManagedSubscriptions } from '@/lib/billing/payments/gateway/subscriptions';
import { fromStripe, idOf, momentOf, toStripe } from './amounts';
import { asking } from './failures';
import { writeOnce } from './write-once';

/** The plan as a price of Stripe's that is made with the page; its product carries our key. */
export function recurringPriceOf({ priceId, name, amountMinor, currency, interval, intervalCount }: ManagedPlan): Stripe.Checkout.SessionCreateParams.LineItem.PriceData {
  const { amount, currency: code } = toStripe(amountMinor, currency);
  return { currency: code, unit_amount: amount, recurring: { interval, interval_count: intervalCount }, product_data: { name, metadata: { price: priceId } } };
}

/** Subscriptions that Stripe renews and bills itself. */
export function managedSubscriptions(stripe: Stripe): ManagedSubscriptions {
  const read = (reference: string): Promise<ManagedSubscription> =>
    asking(async () => managedOf(await stripe.subscriptions.retrieve(reference), await paidInvoices(stripe, reference)));
  return {
    read,
    async cancelAtPeriodEnd({ idempotencyKey, reference, resume }) {
      const wanted = !resume;
      await writeOnce({
        key: idempotencyKey,
        operation: resume ? 'resume' : 'cancel-at-period-end',
        send: (options) => stripe.subscriptions.update(reference, { cancel_at_period_end: wanted }, options),
        find: async () => {
          const now = await stripe.subscriptions.retrieve(reference);
          return now.cancel_at_period_end === wanted ? now : null;
        },
      });
      return read(reference);
    },
    async changeMethod({ idempotencyKey, reference, paymentMethod }) {
      await writeOnce({
        key: idempotencyKey,
        operation: 'change-method',
        send: (options) => stripe.subscriptions.update(reference, { default_payment_method: paymentMethod }, options),
        find: async () => {
          const now = await stripe.subscriptions.retrieve(reference);
          return idOf(now.default_payment_method) === paymentMethod ? now : null;
        },
      });
      await asking(() => payUnpaid(stripe, reference, idempotencyKey));
      return read(reference);
    },
  };
}

/** Has what Stripe could not charge before charged now. A card that is declined leaves it as it was, and Stripe goes on trying. */
async function payUnpaid(stripe: Stripe, subscription: string, key: string): Promise<void> {
  for await (const { id } of stripe.invoices.list({ subscription, status: 'open' })) {
    try {
      await stripe.invoices.pay(id, { off_session: true }, { idempotencyKey: `${key}:pay:${id}` });
    } catch (error) {
      const isDeclined = error instanceof Stripe.errors.StripeCardError;
      if (!isDeclined && (await stripe.invoices.retrieve(id)).status === 'open') throw error;
    }
  }
}

/** Oldest first. */
async function paidInvoices(stripe: Stripe, subscription: string): Promise<Stripe.Invoice[]> {
  const invoices: Stripe.Invoice[] = [];
  for await (const invoice of stripe.invoices.list({ subscription, status: 'paid', limit: 100, expand: ['data.payments'] })) invoices.push(invoice);
  return invoices.reverse();
}

const states: Partial<Record<Stripe.Subscription.Status, ManagedSubscription['state']>> = {
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'past_due',
  paused: 'paused',
  canceled: 'canceled',
  incomplete: 'incomplete',
  incomplete_expired: 'canceled',
};

/** The subscription in the port's words, with its paid invoices, oldest first. Throws `GatewayRefusal` for one without an item. Pure. */
export function managedOf(subscription: Stripe.Subscription, paid: readonly Stripe.Invoice[]): ManagedSubscription {
  const item = subscription.items.data[0];
  if (!item) throw new GatewayRefusal('The subscription holds nothing.', 'refused');
  return {
    reference: subscription.id,
    subscriptionId: subscription.metadata.subscription ?? null,
    state: states[subscription.status] ?? 'incomplete',
    period: { start: momentOf(item.current_period_start), end: momentOf(item.current_period_end) },
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    paymentMethod: idOf(subscription.default_payment_method),
    payments: paid.filter(({ amount_paid }) => amount_paid > 0).map(paymentOf),
  };
}

function paymentOf(invoice: Stripe.Invoice): ManagedSubscription['payments'][number] {
  const payment = invoice.payments?.data.find(({ status }) => status === 'paid')?.payment;
  // An invoice of a renewal spans the period before on its own; what it charges for stands on its lines.
  const { start, end } = invoice.lines.data[0]?.period ?? { start: invoice.period_start, end: invoice.period_end };
  return {
    reference: invoice.id,
    charge: idOf(payment?.payment_intent) ?? idOf(payment?.charge),
    ...fromStripe({ amount: invoice.amount_paid, currency: invoice.currency }),
    paidAt: momentOf(invoice.status_transitions.paid_at ?? invoice.created),
    period: { start: momentOf(start), end: momentOf(end) },
  };
}
