import { ApplicationContextUserAction, ExperienceContextShippingPreference, SubscriptionStatus, type Subscription } from '@paypal/paypal-server-sdk';
import type { Checkout, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import type { PayPal } from './client';
import { asking, askingFor } from './failures';
import { locales } from './locales';
import { planFor } from './plans';

/** PayPal's ids of subscriptions begin so, and those of orders do not. */
export const isSubscription = (reference: string): boolean => reference.startsWith('I-');

const between = ',';

/** Our own names on PayPal's subscription. */
export function namesOn({ customId = '' }: Subscription): { subscriptionId: string | null; checkoutId: string | null } {
  const [subscription = '', checkout = ''] = customId.split(between);
  return { subscriptionId: subscription || null, checkoutId: checkout || null };
}

/** Opens PayPal's page on which a buyer subscribes. */
export async function openSubscription(paypal: PayPal, asked: NewCheckout & { mode: 'subscription' }): Promise<Checkout> {
  const { idempotencyKey, checkoutId, subscriptionId, plan, successUrl, cancelUrl, language } = asked;
  const planId = await planFor(paypal, plan);
  const { result } = await asking(() =>
    paypal.subscriptions.createSubscription({
      paypalRequestId: `${idempotencyKey}:subscription`,
      prefer: 'return=representation',
      body: {
        planId,
        customId: [subscriptionId, checkoutId].join(between),
        applicationContext: {
          returnUrl: successUrl, cancelUrl, locale: locales[language], shippingPreference: ExperienceContextShippingPreference.NoShipping, userAction: ApplicationContextUserAction.SubscribeNow,
        },
      },
    }),
  );
  return checkoutOf({ ...result, customId: [subscriptionId, checkoutId].join(between) });
}

/** What became of the page; PayPal forgets a subscription that nobody agreed to. */
export async function readSubscriptionPage(paypal: PayPal, reference: string): Promise<Checkout> {
  const subscription = await askingFor(() => paypal.subscriptions.getSubscription({ id: reference }));
  return subscription ? checkoutOf(subscription) : { ...nothing, reference, checkoutId: null, state: 'expired', url: null };
}

/** PayPal cannot close the page: one that is agreed to afterwards turns out to be complete when it is read again. */
export async function closeSubscriptionPage(paypal: PayPal, reference: string): Promise<Checkout> {
  const page = await readSubscriptionPage(paypal, reference);
  return page.state === 'open' ? { ...page, state: 'expired', url: null } : page;
}

const nothing = { mode: 'subscription', charge: null, setup: null, subscription: null } as const;

/** The page in the port's words. Pure. */
function checkoutOf(subscription: Subscription): Checkout {
  const { id = '', status, links } = subscription;
  const base = { ...nothing, reference: id, checkoutId: namesOn(subscription).checkoutId };
  if (status === SubscriptionStatus.ApprovalPending) return { ...base, state: 'open', url: links?.find(({ rel }) => rel === 'approve')?.href ?? null };
  return { ...base, state: 'complete', url: null, subscription: id };
}
