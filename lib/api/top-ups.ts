import { z } from 'zod';
import { getAutomaticTopUp, setAutomaticTopUp } from '@/lib/billing/credits/automatic/set-automatic-top-up';
import { automaticTopUpDto, automaticTopUpInput, topUpDto } from '@/lib/billing/credits/schema';
import { listTopUps } from '@/lib/billing/credits/top-ups/list-top-ups';
import { attemptStatuses } from '@/lib/billing/payments/attempt';
import { getTopUp } from '@/lib/billing/workflows/top-up/get-top-up';
import { requestTopUp, type TopUpPayment } from '@/lib/billing/workflows/top-up/request-top-up';
import { idInput, pageInput, pageOf, quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Credit';
const path = '/api/v1/billing/credits/top-ups';
const automaticPath = '/api/v1/billing/credits/automatic-top-up';

const topUpPaymentDto = z.object({
  topUp: topUpDto,
  paymentStatus: z.enum(attemptStatuses).describe('`requested`: the provider has not answered yet; read the top-up until it is `completed` or `failed`.'),
  requiresAction: z.boolean().describe('Whether the customer has to confirm the payment in the browser, with the client secret.'),
  clientSecret: z.string().nullable(),
  gateway: z.string(),
  publicSettings: z.record(z.string(), z.string()).describe("What the gateway's part of the page works with. Holds no secret."),
});

const paymentView = (payment: TopUpPayment): z.input<typeof topUpPaymentDto> => ({
  ...payment, publicSettings: { ...payment.publicSettings }, requiresAction: payment.paymentStatus === 'requires_action',
});

export const createTopUpContract = contract({
  id: 'createTopUp',
  method: 'POST',
  path,
  group,
  summary: 'Buy prepaid credit with a stored payment method',
  description: 'The credit is there once the payment has gone through, whatever the browser says. The same Idempotency-Key again is the same purchase, with how its payment stands by then.',
  permission: 'invoice:write',
  body: z.strictObject({
    amountMinor: quantityInput.describe('Within the limits that the account’s credit tells, in minor units.'),
    currency: z.string().optional().describe("The account's own, which it is unless said."),
    paymentMethodId: idInput.optional().describe("The account's default unless said."),
  }),
  output: topUpPaymentDto,
  errors: ['top_up_amount_not_allowed', 'currency_mismatch', 'payment_method_required', 'not_found', 'payments_unavailable', 'idempotency_key_reused'],
  idempotency: 'own',
  example: { amountMinor: 5_000 },
  handle: async (context, { body, idempotencyKey }) => paymentView(await requestTopUp(context, body, idempotencyKey ?? null)),
});

export const listTopUpsContract = contract({
  id: 'listTopUps',
  method: 'GET',
  path,
  group,
  summary: 'List purchases of prepaid credit',
  description: 'Newest first.',
  permission: 'invoice:read',
  query: z.strictObject(pageInput),
  output: pageOf(topUpDto),
  errors: [],
  handle: (context, { query }) => listTopUps(context, query),
});

export const getTopUpContract = contract({
  id: 'getTopUp',
  method: 'GET',
  path: `${path}/{id}`,
  group,
  summary: 'Read a purchase of prepaid credit',
  description: 'While its payment is under way the provider is asked how it stands, so that reading it again and again ends.',
  permission: 'invoice:read',
  params: z.strictObject({ id: idInput }),
  output: topUpDto,
  errors: ['not_found'],
  handle: (context, { params }) => getTopUp(context, params.id),
});

export const getAutomaticTopUpContract = contract({
  id: 'getAutomaticTopUp',
  method: 'GET',
  path: automaticPath,
  group,
  summary: 'Read when credit is bought by itself',
  permission: 'invoice:read',
  output: automaticTopUpDto,
  errors: [],
  handle: (context) => getAutomaticTopUp(context),
});

export const setAutomaticTopUpContract = contract({
  id: 'setAutomaticTopUp',
  method: 'PUT',
  path: automaticPath,
  group,
  summary: 'Set when credit is bought by itself',
  description: 'The default payment method is charged when less than the threshold is left, one purchase at a time and never past the ceiling of a calendar month. After a payment that failed it pauses until it is set again.',
  permission: 'invoice:write',
  body: automaticTopUpInput,
  output: automaticTopUpDto,
  errors: ['top_up_amount_not_allowed', 'automatic_top_up_ceiling_too_low'],
  example: { enabled: true, thresholdMinor: 1_000, amountMinor: 5_000, monthlyCeilingMinor: 20_000 },
  handle: (context, { body }) => setAutomaticTopUp(context, body),
});
