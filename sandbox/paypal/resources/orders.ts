import { z } from 'zod';
import { invalidRequest, unprocessable } from '../errors';
import { anything, money, text, webAddress } from '../input';
import { minorOf, moneyOf, readMoney } from '../money';
import { captureOrder, changeOrder, createOrder, expireOrder, orderOf, orderView, patchable, type PurchaseUnit, type UnitChange } from '../objects/order';
import { get, patch, post, type Resource } from '../resource';

const addresses = z.object({ return_url: webAddress().optional(), cancel_url: webAddress().optional(), locale: text(10).optional() });

const wallet = z.object({
  vault_id: text(255).optional(),
  experience_context: addresses.optional(),
  attributes: z
    .object({
      customer: z.object({ id: text(22).optional(), merchant_customer_id: text(64).optional() }).optional(),
      vault: z.object({ store_in_vault: z.literal('ON_SUCCESS'), usage_type: z.enum(['MERCHANT', 'PLATFORM']) }).optional(),
    })
    .optional(),
});
const source = z.object({ paypal: wallet.optional(), token: z.object({ id: text(255), type: z.literal('BILLING_AGREEMENT').or(z.literal('PAYMENT_METHOD_TOKEN')) }).optional() });

const breakdownParts = ['item_total', 'shipping', 'handling', 'tax_total', 'insurance', 'shipping_discount', 'discount'] as const;
const unit = z.object({
  reference_id: text(256).optional(),
  description: text().optional(),
  custom_id: text(255).optional(),
  invoice_id: text().optional(),
  soft_descriptor: text(22).optional(),
  amount: money().extend({ breakdown: z.partialRecord(z.enum(breakdownParts), money()).optional() }),
  items: z.array(z.looseObject({ name: text(), quantity: z.string().regex(/^\d{1,10}$/), unit_amount: money() })).optional(),
});

type Source = z.output<typeof source>;

const methodOf = (given: Source | undefined): string | null => given?.paypal?.vault_id ?? given?.token?.id ?? null;

/** Throws unless the parts of an amount are what it says they sum up to. */
function assertSum({ amount }: z.output<typeof unit>, field: string): void {
  const total = readMoney(amount, `${field}/amount`);
  if (!amount.breakdown) return;
  const sum = breakdownParts.reduce((before, name) => {
    const part = amount.breakdown?.[name];
    return part ? before + (name.endsWith('discount') ? -minorOf(part) : minorOf(part)) : before;
  }, 0n);
  if (sum !== total) throw unprocessable('AMOUNT_MISMATCH', 'Should equal item_total + tax_total + shipping + handling + insurance - shipping_discount - discount.', { field: `${field}/amount/value`, value: amount.value });
}

function unitsOf(given: readonly z.output<typeof unit>[]): PurchaseUnit[] {
  return given.map((one, index) => {
    assertSum(one, `/purchase_units/${index}`);
    const amount = { ...one.amount, ...moneyOf(minorOf(one.amount), one.amount.currency_code) };
    return { reference_id: 'default', ...one, amount };
  });
}

const operations = z.array(z.object({ op: z.enum(['add', 'replace', 'remove']), path: text(300), value: text(255).optional() })).min(1);
const patchPath = new RegExp(`^/purchase_units/@reference_id=='([^']+)'/(${patchable.join('|')})$`);

function changesOf(given: z.output<typeof operations>): UnitChange[] {
  return given.map(({ op, path, value }, index) => {
    const [, unitName, name] = patchPath.exec(path) ?? [];
    if (!unitName || !name) throw unprocessable('NOT_PATCHABLE', 'Cannot be patched.', { field: `/${index}/path`, value: path });
    if (op !== 'remove' && value === undefined) throw invalidRequest([{ issue: 'MISSING_REQUIRED_PARAMETER', description: 'A required field / parameter is missing.', field: `/${index}/value`, location: 'body' }]);
    return { unit: unitName, name: name as UnitChange['name'], value: op === 'remove' ? null : value! };
  });
}

/** https://developer.paypal.com/docs/api/orders/v2/ */
export const orders: Resource = {
  jobs: { expire_order: expireOrder },
  routes: [
    post(
      '/v2/checkout/orders',
      z.object({ intent: z.literal('CAPTURE'), purchase_units: z.array(unit).min(1).max(10), payment_source: source.optional(), application_context: addresses.optional() }),
      ({ sandbox, body, full, requestId }) => {
        const { payment_source, application_context, purchase_units } = body;
        if (payment_source && requestId === null) {
          const description = 'A PayPal-Request-Id is required if you are trying to process payment for an Order. Please specify one, or create the Order without a `payment_source`.';
          throw invalidRequest([{ issue: 'PAYPAL_REQUEST_ID_REQUIRED', description }]);
        }
        const units = unitsOf(purchase_units);
        if (new Set(units.map(({ reference_id }) => reference_id)).size < units.length) throw unprocessable('DUPLICATE_REFERENCE_ID', '`reference_id` must be unique if multiple `purchase_unit` are provided.');
        const paypal = payment_source?.paypal;
        const attributes = paypal?.attributes;
        const context = paypal?.experience_context ?? application_context;
        const wish = {
          units,
          forWallet: paypal !== undefined,
          returnUrl: context?.return_url ?? null,
          cancelUrl: context?.cancel_url ?? null,
          locale: context?.locale ?? null,
          storeFor: attributes?.vault ? (attributes.customer ?? {}) : null,
        };
        const order = createOrder(sandbox, wish, methodOf(payment_source));
        return { status: 201, body: orderView(sandbox, order, full) };
      },
    ),
    get('/v2/checkout/orders/:id', anything, ({ sandbox, path }) => ({ status: 200, body: orderView(sandbox, orderOf(sandbox, path.id!), true) })),
    patch('/v2/checkout/orders/:id', operations, ({ sandbox, path, body }) => {
      changeOrder(sandbox, orderOf(sandbox, path.id!), changesOf(body));
      return { status: 204 };
    }),
    post('/v2/checkout/orders/:id/capture', z.object({ payment_source: source.optional() }), ({ sandbox, path, body, full }) => {
      const order = orderOf(sandbox, path.id!);
      captureOrder(sandbox, order, methodOf(body.payment_source));
      return { status: 201, body: orderView(sandbox, order, full) };
    }),
  ],
};
