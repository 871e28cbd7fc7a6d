import { z } from 'zod';
import { begunCheckoutDto, checkoutDto, returnPathInput } from '@/lib/billing/payments/checkout/schema';
import { beginCheckout, type CheckoutPurpose } from '@/lib/billing/workflows/checkout/begin-checkout';
import { readCheckoutStanding } from '@/lib/billing/workflows/checkout/checkout-status';
import { subscribeByCheckout } from '@/lib/billing/workflows/pay-first/subscribe-by-checkout';
import { invoiceSummaryDto } from '@/lib/billing/invoices/schema';
import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { idInput, quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { beginInput, wantedPlan } from './subscription';

const group = 'Payments';
const returnPath = returnPathInput.default('/billing').describe('The page of the portal that the customer comes back to.');
const keepMethod = z.boolean().default(true).describe('Whether what is paid with is stored, for the invoices to come.');
const gateway = z.string().max(40).optional().describe('The payment provider to pay by, as the list of payment methods names it; the preferred one unless said.');
const errors = [
  'not_found', 'invoice_not_payable', 'payment_in_progress', 'top_up_amount_not_allowed', 'currency_mismatch',
  'payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused',
] as const;
const description =
  'Send the browser to the `url` of the answer. The customer comes back by an address of ours, which asks the provider what became of it. What was begun for the same invoice before and not finished is closed. The same Idempotency-Key is the same page.';

export const createCheckoutContract = contract({
  id: 'createCheckoutSession',
  method: 'POST',
  path: '/api/v1/billing/checkout-sessions',
  aliases: ['/api/billing/create-checkout-session'],
  group,
  summary: "Pay an invoice or buy credit on a page of the payment provider's",
  description,
  permission: 'payment:write',
  body: z
    .strictObject({
      invoiceId: idInput.optional().describe('The invoice to pay.'),
      topUp: z
        .strictObject({
          amountMinor: quantityInput.describe("Within the limits that the account's credit tells, in minor units."),
          currency: z.string().optional().describe("The account's own, which it is unless said."),
        })
        .optional()
        .describe('The credit to buy.'),
      keepMethod,
      gateway,
      returnPath,
    })
    .refine(({ invoiceId, topUp }) => (invoiceId === undefined) !== (topUp === undefined), 'Name either an invoice or a top-up.'),
  output: begunCheckoutDto,
  errors,
  // The address of the page is not stored.
  idempotency: 'own',
  example: { invoiceId: 'inv_06f2k8m3q7v4x9z1c5b8n2d4', returnPath: '/billing' },
  handle: async (context, { body, idempotencyKey }) => {
    const { invoiceId = '', topUp, keepMethod: keep, returnPath: path } = body;
    const purpose: CheckoutPurpose = topUp ? { kind: 'top_up', ...topUp, keepMethod: keep } : { kind: 'invoice', invoiceId, keepMethod: keep };
    return begun(await beginCheckout(context, { purpose, returnPath: path, gateway: body.gateway, requestKey: idempotencyKey ?? null }));
  },
});

export const createSetupCheckoutContract = contract({
  id: 'createCustomerSetupSession',
  method: 'POST',
  path: '/api/v1/billing/checkout-sessions/setup',
  aliases: ['/api/billing/create-customer-setup-session'],
  group,
  summary: "Store a payment method on a page of the payment provider's",
  description,
  permission: 'payment:write',
  body: z.strictObject({ gateway, returnPath }),
  output: begunCheckoutDto,
  errors: ['payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused'],
  idempotency: 'own',
  example: { returnPath: '/billing' },
  handle: async (context, { body, idempotencyKey }) =>
    begun(await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: body.returnPath, gateway: body.gateway, requestKey: idempotencyKey ?? null })),
});

export const createSubscriptionCheckoutContract = contract({
  id: 'createSubscriptionCheckoutSession',
  method: 'POST',
  path: '/api/v1/billing/checkout-sessions/subscription',
  aliases: ['/api/billing/subscription-checkout-session'],
  group,
  summary: "Move to a plan and pay it on a page of the payment provider's",
  description: `The plan is had when its invoice is paid; until then nothing changes. ${description}`,
  permission: 'payment:write',
  body: wantedPlan.extend({ gateway, returnPath }),
  output: z.object({
    subscription: subscriptionDto.nullable().describe('As it is now. Null: the account has none until the plan is paid.'),
    invoice: invoiceSummaryDto.nullable(),
    checkout: begunCheckoutDto.nullable().describe('Null: there was nothing to pay first, and the plan has changed or will at the end of the period.'),
  }),
  errors: [...errors, 'managed_by_gateway', 'unknown_plan', 'price_not_offered', 'same_price', 'invalid_transition', 'preview_outdated'],
  idempotency: 'own',
  example: { plan: 'enterprise', returnPath: '/subscription' },
  handle: async (context, { body: { plan, gateway: chosen, returnPath: path, ...rhythm }, idempotencyKey }) => {
    const { subscription, invoice, checkout } = await subscribeByCheckout(context, { planKey: plan, ...rhythm }, { returnPath: path, gateway: chosen, requestKey: idempotencyKey ?? null });
    return { subscription: subscription && subscriptionView(subscription), invoice, checkout: checkout && begun(checkout) };
  },
});

export const createManagedSubscriptionCheckoutContract = contract({
  id: 'createManagedSubscriptionCheckoutSession',
  method: 'POST',
  path: '/api/v1/billing/checkout-sessions/managed-subscription',
  group,
  summary: 'Subscribe to a plan that the payment provider renews and bills by itself',
  description: `For an account without a plan that costs something. The plan is had when its first period is paid on the provider's page; from then on the provider charges the same each period, and each payment is a paid invoice here. Usage past the limits is invoiced here. Such a subscription can be cancelled for the end of its period and resumed, and changed in no other way. ${description}`,
  permission: 'payment:write',
  body: z.strictObject({ plan: beginInput.shape.plan, interval: beginInput.shape.interval, intervalCount: beginInput.shape.intervalCount, gateway, returnPath: returnPathInput.default('/subscription') }),
  output: begunCheckoutDto,
  errors: [...errors, 'already_subscribed', 'unknown_plan', 'price_not_offered'],
  idempotency: 'own',
  example: { plan: 'pro', interval: 'month', returnPath: '/subscription' },
  handle: async (context, { body: { plan, interval, intervalCount, gateway: chosen, returnPath: path }, idempotencyKey }) =>
    begun(await beginCheckout(context, { purpose: { kind: 'subscription', planKey: plan, interval, intervalCount }, returnPath: path, gateway: chosen, requestKey: idempotencyKey ?? null })),
});

export const getCheckoutContract = contract({
  id: 'getCheckoutSession',
  method: 'GET',
  path: '/api/v1/billing/checkout-sessions/{id}',
  group,
  summary: 'See what became of a checkout session',
  description: 'Of one in progress the provider is asked, every two seconds at most.',
  permission: 'payment:read',
  params: z.strictObject({ id: idInput }),
  output: checkoutDto,
  errors: ['not_found'],
  handle: (context, { params }) => readCheckoutStanding(context, params.id),
});

const begun = ({ session, url }: Awaited<ReturnType<typeof beginCheckout>>): z.input<typeof begunCheckoutDto> => ({ ...session, url });
