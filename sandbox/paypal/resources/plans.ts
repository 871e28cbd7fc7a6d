import { z } from 'zod';
import { missing, unprocessable } from '../errors';
import { newId } from '../ids';
import { anything, money, number, text } from '../input';
import { minorOf, readMoney } from '../money';
import { assertConsistent, intervalUnits, plans as planRows, planView, products as productRows, productView, type Plan, type Product } from '../objects/plan';
import { pageOf } from '../paging';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const cycle = z.object({
  tenure_type: z.enum(['TRIAL', 'REGULAR']),
  sequence: z.int().min(1).max(99),
  total_cycles: z.int().min(0).max(999).default(1),
  frequency: z.object({ interval_unit: z.enum(intervalUnits), interval_count: z.int().min(1).max(365).default(1) }),
  pricing_scheme: z.object({ fixed_price: money() }).optional(),
});

const preferences = z.object({
  auto_bill_outstanding: z.boolean().default(true),
  setup_fee: money().optional(),
  setup_fee_failure_action: z.enum(['CONTINUE', 'CANCEL']).default('CANCEL'),
  payment_failure_threshold: z.int().min(0).max(999).default(0),
});

const plan = z.object({
  product_id: text(50),
  name: text(),
  description: text().optional(),
  status: z.enum(['CREATED', 'ACTIVE', 'INACTIVE']).default('ACTIVE'),
  billing_cycles: z.array(cycle).min(1).max(12),
  payment_preferences: preferences,
  taxes: z.object({ percentage: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/), inclusive: z.boolean().default(true) }).optional(),
  quantity_supported: z.boolean().default(false),
});

const page = { page_size: number(1, 20).default(10), page: number(1, 100_000).default(1), total_required: z.enum(['true', 'false']).default('false') };

function createPlan(sandbox: Sandbox, body: z.output<typeof plan>): Plan {
  if (!productRows(sandbox).get(body.product_id)) throw missing();
  const cycles = body.billing_cycles.map(({ pricing_scheme, ...rest }, index) => {
    const price = pricing_scheme?.fixed_price ?? null;
    // A trial may cost nothing.
    if (price && !(rest.tenure_type === 'TRIAL' && minorOf(price) === 0n)) readMoney(price, `/billing_cycles/${index}/pricing_scheme/fixed_price`);
    if (!price && rest.tenure_type === 'REGULAR') throw unprocessable('MISSING_PRICING_SCHEME', 'A regular billing cycle must have a pricing scheme.', { field: `/billing_cycles/${index}/pricing_scheme` });
    return { ...rest, price };
  });
  cycles.sort((one, other) => one.sequence - other.sequence);
  assertConsistent(cycles, body.payment_preferences.setup_fee);
  const now = sandbox.now();
  const made = planRows(sandbox).insert({
    id: newId.plan(), product: body.product_id, name: body.name, description: body.description ?? null, status: body.status, cycles,
    preferences: body.payment_preferences, taxes: body.taxes ?? null, quantitySupported: body.quantity_supported, createTime: now, updateTime: now,
  });
  sandbox.emit('BILLING.PLAN.CREATED', 'plan', planView(sandbox, made, true), 'A billing plan was created');
  return made;
}

function setStatus(sandbox: Sandbox, id: string, status: 'ACTIVE' | 'INACTIVE') {
  const one = sandbox.get<Plan>('plan', id);
  if (one.status === status) throw unprocessable('PLAN_STATUS_INVALID', `Invalid plan status: the plan is ${status.toLowerCase()} already.`);
  Object.assign(one, { status, updateTime: sandbox.now() });
  return { status: 204 };
}

/** https://developer.paypal.com/docs/api/catalog-products/v1/ and the plans of https://developer.paypal.com/docs/api/subscriptions/v1/ */
export const plans: Resource = {
  routes: [
    post('/v1/catalogs/products', z.object({ id: text(50).optional(), name: text(), description: text(256).optional(), type: z.enum(['PHYSICAL', 'DIGITAL', 'SERVICE']) }), ({ sandbox, body }) => {
      if (body.id && productRows(sandbox).get(body.id)) throw unprocessable('DUPLICATE_RESOURCE_IDENTIFIER', 'Duplicate value for the resource identifier.', { field: '/id', value: body.id });
      const made = productRows(sandbox).insert({ id: body.id ?? newId.product(), name: body.name, description: body.description ?? null, type: body.type, createTime: sandbox.now() });
      sandbox.emit('CATALOG.PRODUCT.CREATED', 'product', productView(sandbox, made), 'A product was created');
      return { status: 201, body: productView(sandbox, made) };
    }),
    get('/v1/catalogs/products', z.object(page), ({ sandbox, query }) => {
      const { rows, totals, links } = pageOf(`${sandbox.url}/v1/catalogs/products`, productRows(sandbox).all(), { page: query.page, size: query.page_size });
      return { status: 200, body: { products: rows.map((one) => productView(sandbox, one)), ...(query.total_required === 'true' && totals), links } };
    }),
    get('/v1/catalogs/products/:id', anything, ({ sandbox, path }) => ({ status: 200, body: productView(sandbox, sandbox.get<Product>('product', path.id!)) })),
    post('/v1/billing/plans', plan, ({ sandbox, body, full }) => ({ status: 201, body: planView(sandbox, createPlan(sandbox, body), full) })),
    get('/v1/billing/plans', z.object({ ...page, product_id: text(50).optional() }), ({ sandbox, query }) => {
      const matching = planRows(sandbox).where(({ product }) => !query.product_id || product === query.product_id);
      const { rows, totals, links } = pageOf(`${sandbox.url}/v1/billing/plans`, matching, { page: query.page, size: query.page_size });
      return { status: 200, body: { plans: rows.map((one) => planView(sandbox, one, false)), ...(query.total_required === 'true' && totals), links } };
    }),
    get('/v1/billing/plans/:id', anything, ({ sandbox, path }) => ({ status: 200, body: planView(sandbox, sandbox.get<Plan>('plan', path.id!), true) })),
    post('/v1/billing/plans/:id/activate', anything, ({ sandbox, path }) => setStatus(sandbox, path.id!, 'ACTIVE')),
    post('/v1/billing/plans/:id/deactivate', anything, ({ sandbox, path }) => setStatus(sandbox, path.id!, 'INACTIVE')),
  ],
};
