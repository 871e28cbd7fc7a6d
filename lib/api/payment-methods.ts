import { z } from 'zod';
import { listPaymentMethods } from '@/lib/billing/payments/methods/list-methods';
import { begunSetupDto, finishedSetupDto, paymentMethodDto, paymentMethodsDto, paymentMethodView } from '@/lib/billing/payments/methods/schema';
import { beginSetup } from '@/lib/billing/workflows/store-method/begin-setup';
import { finishSetup } from '@/lib/billing/workflows/store-method/finish-setup';
import { removeMethod } from '@/lib/billing/workflows/store-method/remove-method';
import { setDefaultMethod } from '@/lib/billing/workflows/store-method/set-default-method';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Payments';
const methodParams = z.strictObject({ id: idInput });

export const listPaymentMethodsContract = contract({
  id: 'listPaymentMethods',
  method: 'GET',
  path: '/api/v1/billing/payment-methods',
  group,
  summary: 'List what the account pays with',
  description: 'The default first. It also says by which payment providers can be paid here.',
  permission: 'payment:read',
  output: paymentMethodsDto,
  errors: [],
  handle: (context) => listPaymentMethods(context),
});

export const beginSetupContract = contract({
  id: 'beginPaymentMethodSetup',
  method: 'POST',
  path: '/api/v1/billing/payment-methods/setups',
  group,
  summary: 'Begin to store a payment method',
  description:
    "The customer's browser finishes it with the client secret, so that no card number reaches this server; then finish it here. The same Idempotency-Key answers the same setup.",
  permission: 'payment:write',
  body: z.strictObject({}),
  output: begunSetupDto,
  errors: ['payments_unavailable', 'payment_provider_unavailable', 'payment_refused'],
  // The answer holds a client secret, which is not stored.
  idempotency: 'own',
  example: {},
  handle: async (context, { idempotencyKey }) => {
    const begun = await beginSetup(context, idempotencyKey ?? null);
    return { ...begun, gateway: begun.setup.gateway };
  },
});

export const finishSetupContract = contract({
  id: 'finishPaymentMethodSetup',
  method: 'POST',
  path: '/api/v1/billing/payment-methods/setups/{id}/finish',
  group,
  summary: 'See what became of a setup, and store the payment method',
  description: 'Asks the provider. Call it when the browser has finished, and again while it is `processing`. Without it the method is stored too, a little later.',
  permission: 'payment:write',
  params: z.strictObject({ id: idInput }),
  output: finishedSetupDto,
  errors: ['not_found', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused'],
  idempotency: 'own',
  handle: async (context, { params }) => {
    const { setup, method } = await finishSetup(context, params.id);
    return { setup, paymentMethod: method && paymentMethodView(method, context.clock.now()) };
  },
});

export const setDefaultMethodContract = contract({
  id: 'setDefaultPaymentMethod',
  method: 'PUT',
  path: '/api/v1/billing/payment-methods/{id}/default',
  group,
  summary: 'Have invoices charged to a payment method',
  description: 'Invoices whose charge failed and those that are overdue are charged to it at once.',
  permission: 'payment:write',
  params: methodParams,
  output: paymentMethodDto,
  errors: ['not_found'],
  handle: async (context, { params }) => paymentMethodView(await setDefaultMethod(context, params.id), context.clock.now()),
});

export const removeMethodContract = contract({
  id: 'removePaymentMethod',
  method: 'DELETE',
  path: '/api/v1/billing/payment-methods/{id}',
  group,
  summary: 'Remove a payment method',
  description: 'Of a default the newest other one takes the place. The last one of a subscription that costs something is removed only where `confirm` says so.',
  permission: 'payment:write',
  params: methodParams,
  query: z.strictObject({ confirm: z.enum(['true', 'false']).default('false').describe('`true`: also the last one.') }),
  output: z.object({}),
  errors: ['not_found', 'last_payment_method', 'payment_method_in_use', 'payment_in_progress'],
  handle: async (context, { params, query }) => {
    await removeMethod(context, { methodId: params.id, confirmed: query.confirm === 'true' });
    return {};
  },
});
