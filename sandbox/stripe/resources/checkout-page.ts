import { html, scriptPage, stylePage } from '../browser/scripts';
import type { SessionView } from '../browser/checkout/session-view';
import { payForSession, savedMethodsOf } from '../objects/checkout-payment';
import { checkoutSession, detailsOf, methodTypesOf, successUrlOf, type CheckoutSession } from '../objects/checkout-session';
import { customer } from '../objects/customer';
import type { PageAnswer, Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const shell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checkout</title>
<link rel="stylesheet" href="/_pages/checkout.css">
<script src="/stripe.js"></script>
</head>
<body><script src="/_pages/checkout.js"></script></body>
</html>`;

const json = (value: unknown): PageAnswer => ({ headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(value) });

function viewOf(sandbox: Sandbox, session: CheckoutSession): SessionView {
  const { lines, trialDays, trialEnd } = detailsOf(sandbox, session.id);
  const owner = session.customer ? sandbox.rows(customer).get(session.customer) : undefined;
  const emailOfOwner = owner && !owner.deleted ? owner.email : null;
  return {
    id: session.id,
    status: session.status,
    paymentStatus: session.payment_status,
    mode: session.mode,
    locale: session.locale ?? 'auto',
    currency: session.currency ?? 'usd',
    total: session.amount_total ?? 0,
    lines: lines.map(({ description, quantity, amount_total, price }) => ({
      description: description ?? '',
      quantity,
      amount: amount_total,
      interval: price.recurring?.interval ?? null,
      intervalCount: price.recurring?.interval_count ?? 1,
    })),
    trialDays: trialDays ?? (trialEnd === undefined ? 0 : Math.max(0, Math.ceil((trialEnd - sandbox.now()) / 86_400))),
    email: emailOfOwner ?? session.customer_email,
    savedCards: savedMethodsOf(sandbox, session).flatMap(({ id, card }) =>
      card ? [{ id, brand: card.brand, last4: card.last4, expiry: `${String(card.exp_month).padStart(2, '0')}/${card.exp_year % 100}` }] : [],
    ),
    paymentMethodTypes: methodTypesOf(session),
    offersToSave: session.mode === 'payment' && session.customer !== null && session.saved_payment_method_options?.payment_method_save === 'enabled',
    publishableKey: sandbox.settings.publishableKey,
    successUrl: session.status === 'complete' ? successUrlOf(session) : null,
    cancelUrl: session.cancel_url,
  };
}

/** The page that a customer pays at: `checkout.session.url`. */
export const checkoutPage: Resource = {
  pages: [
    { method: 'GET', path: '/_pages/checkout/:id', answer: () => html(shell) },
    scriptPage('/_pages/checkout.js', 'checkout/main.ts'),
    stylePage('/_pages/checkout.css', 'checkout/checkout.css'),
    {
      method: 'GET',
      path: '/_pages/checkout/:id/session',
      answer: ({ sandbox, path }) => {
        const session = sandbox.rows(checkoutSession).get(path.id!);
        return json(session ? viewOf(sandbox, session) : null);
      },
    },
    {
      method: 'POST',
      path: '/_pages/checkout/:id/pay',
      answer: ({ sandbox, path, form }) => {
        const session = sandbox.rows(checkoutSession).get(path.id!);
        if (!session) return json({ kind: 'closed' });
        const field = (name: string): string => form.get(name) ?? '';
        return json(sandbox.act(() => payForSession(sandbox, session, { paymentMethod: field('payment_method'), email: field('email'), save: field('save') === 'true' })));
      },
    },
  ],
};
