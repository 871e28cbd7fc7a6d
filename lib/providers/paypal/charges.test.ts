import { afterEach, describe, expect, it } from 'vitest';
import type { Charge } from '@/lib/billing/payments/gateway/charges';
import { newId } from '@/lib/core/ids';
import { checkoutOf, storeWallet, useSandboxGateway } from '@/sandbox/paypal/gateway-for-tests';

const held = useSandboxGateway();
const hour = 3_600_000;
afterEach(() => {
  held.sandbox.faults.clear();
  held.sandbox.clock.move(null);
});

const captured = (): number => held.sandbox.events().filter(({ event_type }) => event_type === 'PAYMENT.CAPTURE.COMPLETED').length;

async function asked(buyer?: Parameters<typeof storeWallet>[1]): Promise<Charge> {
  return { idempotencyKey: newId('att'), customer: null, paymentMethod: await storeWallet(held, buyer), amountMinor: 2999n, currency: 'USD', accountId: newId('acc'), onSession: false, description: 'INV-1' };
}

async function openPage(): Promise<string> {
  return (await held.gateway.createCheckout(checkoutOf({ mode: 'payment', attemptId: newId('att'), amountMinor: 2999n, currency: 'USD', description: 'INV-1', keepMethod: true }))).reference;
}

describe('a charge by PayPal', () => {
  it('is found again when PayPal has forgotten the ids of its requests, and made no second time', async () => {
    const charge = await asked();
    const result = await held.gateway.charge(charge);
    const before = captured();
    held.sandbox.clock.move(new Date(Date.now() + 7 * hour));
    expect(await held.gateway.charge({ ...charge, repeated: true })).toEqual(result);
    expect(captured()).toBe(before);
  });

  it('stays declined, although the method would pay by now', async () => {
    const charge = await asked('declines_later');
    const result = await held.gateway.charge(charge);
    expect(result).toMatchObject({ outcome: 'failed', code: 'declined', retryable: true });
    held.sandbox.methods.set(charge.paymentMethod, 'completes');
    expect(await held.gateway.charge({ ...charge, repeated: true })).toEqual(result);
    expect(await held.gateway.charge({ ...charge, idempotencyKey: newId('att') })).toMatchObject({ outcome: 'succeeded' });
  });

  it('is under way while PayPal looks at it', async () => {
    const charge = await asked('pending');
    const { outcome, reference } = await held.gateway.charge(charge);
    expect(outcome).toBe('processing');
    expect(await held.gateway.cancelCharge({ idempotencyKey: newId('req'), reference: reference! })).toEqual({ outcome: 'processing', reference });
  });
});

describe('the money that a buyer agreed to on PayPal’s page', () => {
  it('is taken once, whoever looks first and however many look at once', async () => {
    const reference = await openPage();
    held.sandbox.approvals.approve(reference, 'pays');
    const before = captured();
    const looks = await Promise.all([held.gateway.readCheckout(reference), held.gateway.readCharge(reference), held.gateway.readCheckout(reference), held.gateway.readCharge(reference)]);
    expect(looks.map((look) => ('state' in look ? look.charge!.result.outcome : look.result.outcome))).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(captured()).toBe(before + 1);
  });

  it('is never taken after the page was closed', async () => {
    const reference = await openPage();
    await held.gateway.expireCheckout({ idempotencyKey: newId('req'), reference });
    held.sandbox.approvals.approve(reference, 'pays');
    const before = captured();
    expect(await held.gateway.readCheckout(reference)).toMatchObject({ state: 'expired', charge: { result: { outcome: 'canceled' } } });
    expect(captured()).toBe(before);
  });

  it('is taken rather than lost when the page is closed right after', async () => {
    const reference = await openPage();
    held.sandbox.approvals.approve(reference, 'pays');
    expect(await held.gateway.expireCheckout({ idempotencyKey: newId('req'), reference })).toMatchObject({ state: 'complete', charge: { result: { outcome: 'succeeded' } } });
  });

  it('is not waited for when PayPal has forgotten the page', async () => {
    const reference = await openPage();
    held.sandbox.clock.move(new Date(Date.now() + 100 * hour));
    expect(await held.gateway.readCheckout(reference)).toMatchObject({ reference, state: 'expired', charge: null });
  });

  it('leaves the buyer a way on after a decline', async () => {
    const reference = await openPage();
    held.sandbox.approvals.approve(reference, 'declined');
    expect(await held.gateway.readCheckout(reference)).toMatchObject({ state: 'open', url: expect.stringMatching(/^http/), charge: { result: { outcome: 'processing' } } });
  });
});

describe('a wallet that was stored on PayPal’s page', () => {
  it('is the same one whenever the page is read again, also when PayPal has forgotten the request', async () => {
    const customer = newId('acc');
    const page = checkoutOf({ mode: 'setup', currency: 'USD' }, customer);
    const { reference } = await held.gateway.createCheckout(page);
    held.sandbox.approvals.approve(reference.split(':')[1]!, 'pays');
    const first = await held.gateway.readCheckout(reference);
    expect(first).toMatchObject({ checkoutId: page.checkoutId, state: 'complete', setup: { outcome: 'succeeded', method: { customer, kind: 'wallet', brand: 'PayPal', email: 'pays@buyer.sandbox.example' } } });
    expect(await held.gateway.readCheckout(reference)).toEqual(first);
    held.sandbox.clock.move(new Date(Date.now() + 4 * hour));
    expect(await held.gateway.readCheckout(reference)).toEqual(first);
  });
});
