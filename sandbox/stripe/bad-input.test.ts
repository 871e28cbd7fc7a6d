import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { resources } from './resources';
import { useSandbox } from './test-client';

const held = useSandbox();
const routes = resources.flatMap((resource) => resource.routes ?? []);
let ids: string[] = [];

beforeAll(async () => {
  const { stripe } = held;
  const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });
  const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  const options = { currency: 'usd', allowed_payment_method_types: ['card' as const] };
  const paid = await stripe.paymentIntents.create({ ...options, amount: 5_000, customer: customer.id, payment_method: method!.id, confirm: true });
  const open = await stripe.paymentIntents.create({ ...options, amount: 5_000, payment_method: 'pm_card_authenticationRequired', confirm: true });
  const setup = await stripe.setupIntents.create({ customer: customer.id });
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });
  const product = await stripe.products.create({ name: 'Thing' });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 900, recurring: { interval: 'month' } });
  ids = [customer.id, method!.id, paid.id, String(paid.latest_charge), open.id, setup.id, refund.id, product.id, price.id, 'pm_card_visa', 'pm_card_chargeDeclined', 'pm_usBankAccount_success', 'nothing'];
});

const value = (): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom('', '0', '1', '-1', '500', '99999999999', '1e9', 'true', 'false', 'usd', 'USD', 'zzz', 'card', 'month', 'https://portal.example/', 'javascript:1', '__proto__', '%'), fc.constantFrom(...ids), fc.string({ maxLength: 12 }));
const suffix = fc.constantFrom('', '', '', '[]', '[0]', '[enabled]', '[0][price]', '[0][quantity]', '[gte]', '[card][number]', '[type]', '[__proto__]', '[constructor]');

describe('bad input', () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s never breaks the sandbox', async (_, { method, path, shape }) => {
    const name = fc.constantFrom(...Object.keys(shape), 'expand', 'unknown');
    const field = fc.tuple(name, suffix, value()).map(([one, where, what]) => [`${one}${where}`, what] as const);
    const request = fc.tuple(fc.array(field, { maxLength: 6 }), fc.constantFrom(...ids), fc.constantFrom(...ids));
    await fc.assert(
      fc.asyncProperty(request, async ([fields, id, other]) => {
        const form = new URLSearchParams(fields.map(([one, what]) => [one, what])).toString();
        const address = path.replace(/:[a-z_]+$/i, encodeURIComponent(id)).replace(/:[a-z_]+/i, encodeURIComponent(other));
        const response = await fetch(`${held.sandbox.url}${address}${method === 'POST' ? '' : `?${form}`}`, {
          method,
          body: method === 'POST' ? form : undefined,
          headers: { authorization: `Bearer ${held.sandbox.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
        });
        const answer = (await response.json()) as { error?: { type?: string; message?: string } };
        expect(response.status, `${address} ${form}`).toBeLessThan(500);
        if (!response.ok) expect(answer.error).toMatchObject({ type: expect.any(String), message: expect.any(String) });
      }),
      { numRuns: 6 },
    );
  });
});
