import { afterAll, describe, expect, it } from 'vitest';
import { GatewayRefusal, GatewayUnavailable, type Charge, type ChargeResult, type Checkout, type NewCheckout, type NewRefund, type PaymentGateway, type Setup } from '@/lib/billing/payments/gateway';
import { newId } from '@/lib/core/ids';

/** How a payment method behaves: it pays, is declined, has the customer confirm every charge, or pays after days. */
export type Behaviour = 'pays' | 'declines' | 'asks' | 'settles';

/** The request that a fault meets. */
export type Operation = 'customer' | 'setup' | 'charge' | 'refund' | 'checkout';

/** What goes wrong: the gateway fails, is busy, stays silent or cuts the line, before it acted or after. */
export const gatewayFaults = ['fails_before', 'fails_after', 'busy', 'silent_before', 'silent_after', 'cut_before', 'cut_after'] as const;
export type GatewayFault = (typeof gatewayFaults)[number];

/**
 * A gateway to try, and what customers and banks do beside it. What a bench cannot bring about, as a customer's part with
 * a real gateway, it leaves out: those promises are not tried on it.
 */
export interface GatewayBench {
  gateway: PaymentGateway;
  /** Stores a method for the customer, as a browser would. Returns the gateway's name of it. */
  storeMethod(customer: string, behaviour: Behaviour): Promise<string>;
  /** What went through for the customer, in minor units. */
  collected(customer: string): Promise<bigint>;
  finishSetup?(setup: Setup, behaviour: Behaviour): Promise<void>;
  /** The customer confirms a charge that waits for it, or fails at it. */
  confirm?(charge: { reference: string; clientSecret?: string }, passes: boolean): Promise<void>;
  finishCheckout?(checkout: Checkout, behaviour: Behaviour): Promise<void>;
  /** A charge that is processing ends. */
  settle?(charge: string, passes: boolean): Promise<void>;
  /** The customer's bank takes a charge back. Returns the gateway's name of the dispute. */
  openDispute?(charge: string): Promise<string>;
  closeDispute?(dispute: string, won: boolean): Promise<void>;
  /** Every notice so far that was about something, as it was delivered. */
  notices?(): Promise<{ body: Uint8Array; headers: Record<string, string> }[]>;
  /** The next `times` requests of the kind meet the fault. */
  meet?(operation: Operation, fault: GatewayFault, times: number): void;
  close(): Promise<void>;
}

const currency = 'USD';
const hour = 3_600_000;

/** Tries on a gateway everything that the port promises and the gateway offers. */
export function describeGateway(name: string, bench: GatewayBench): void {
  const { gateway } = bench;
  const { capabilities } = gateway;

  const newCustomer = async () => {
    const accountId = newId('acc');
    const { reference } = await gateway.createCustomer({ idempotencyKey: newId('req'), accountId, name: 'Demo', email: 'demo@example.com' });
    return { accountId, customer: reference };
  };
  const payer = async (behaviour: Behaviour, change: Partial<Charge> = {}) => {
    const { accountId, customer } = await newCustomer();
    const paymentMethod = await bench.storeMethod(customer, behaviour);
    const asked: Charge = { idempotencyKey: newId('att'), customer, paymentMethod, amountMinor: 2999n, currency, accountId, onSession: false, description: 'INV-1', ...change };
    return { customer, asked };
  };
  const paid = async () => {
    const { customer, asked } = await payer('pays');
    const charge = nameOf(await gateway.charge(asked));
    const refund = (amountMinor: bigint): NewRefund => ({ idempotencyKey: newId('req'), charge, amountMinor, currency, accountId: asked.accountId });
    return { customer, asked, charge, refund };
  };
  const checkoutOf = async (mode: 'payment' | 'setup' | 'subscription'): Promise<{ customer: string; asked: NewCheckout }> => {
    const { accountId, customer } = await newCustomer();
    const expiresAt = new Date(Date.now() + 2 * hour);
    const base = { idempotencyKey: newId('req'), checkoutId: newId('co'), accountId, customer, successUrl: 'https://portal.example.com/success', cancelUrl: 'https://portal.example.com/cancel', expiresAt, language: 'en' as const };
    if (mode === 'setup') return { customer, asked: { ...base, mode, currency } };
    if (mode === 'payment') return { customer, asked: { ...base, mode, attemptId: newId('att'), amountMinor: 2999n, currency, description: 'INV-1', keepMethod: true } };
    const plan = { priceId: newId('price'), name: 'Demo plan', amountMinor: 2999n, currency, interval: 'month' as const, intervalCount: 1 };
    return { customer, asked: { ...base, mode, subscriptionId: newId('sub'), plan } };
  };

  describe(name, () => {
    afterAll(() => bench.close());

    describe('customers and methods', () => {
      it('makes one customer for one key', async () => {
        const asked = { idempotencyKey: newId('req'), accountId: newId('acc'), name: 'Demo', email: 'demo@example.com' };
        expect(await gateway.createCustomer(asked)).toEqual(await gateway.createCustomer(asked));
      });

      it('knows a stored method until it is removed', async () => {
        const { customer, asked } = await payer('pays');
        expect(await gateway.readMethod(asked.paymentMethod)).toMatchObject({ reference: asked.paymentMethod, customer, kind: 'card', lastDigits: expect.stringMatching(/^\d{4}$/), expiry: { month: expect.any(Number), year: expect.any(Number) } });
        const removal = { idempotencyKey: newId('req'), reference: asked.paymentMethod };
        await gateway.removeMethod(removal);
        await gateway.removeMethod(removal);
        await gateway.removeMethod({ ...removal, idempotencyKey: newId('req') });
        expect(await gateway.readMethod(asked.paymentMethod)).toBeNull();
      });

      it('knows no method that never was', async () => {
        expect(await gateway.readMethod('pm_unknown')).toBeNull();
      });
    });

    describe.skipIf(!capabilities.setupInPage)('setups', () => {
      const begin = async () => {
        const { accountId, customer } = await newCustomer();
        const asked = { idempotencyKey: newId('req'), customer, setupId: newId('setup'), accountId };
        return { customer, asked, setup: await gateway.beginSetup(asked) };
      };

      it('begins one setup for one key, which the browser finishes', async () => {
        const { asked, setup } = await begin();
        expect(setup).toMatchObject({ setupId: asked.setupId, outcome: 'open', clientSecret: expect.any(String), method: null, failureCode: null });
        expect(await gateway.beginSetup(asked)).toMatchObject({ reference: setup.reference, clientSecret: setup.clientSecret });
      });

      it.skipIf(!bench.finishSetup)('stores the method that the customer gave', async () => {
        const { customer, asked, setup } = await begin();
        await bench.finishSetup!(setup, 'pays');
        expect(await gateway.readSetup(setup.reference)).toMatchObject({ setupId: asked.setupId, outcome: 'succeeded', clientSecret: null, method: { customer, kind: 'card' } });
      });
    });

    describe.skipIf(!capabilities.offSession)('charges', () => {
      it('charges a stored method, and once for one key', async () => {
        const { customer, asked } = await payer('pays');
        const result = await gateway.charge(asked);
        expect(result).toEqual({ outcome: 'succeeded', reference: expect.any(String) });
        expect(await gateway.charge(asked)).toEqual(result);
        expect(await gateway.charge({ ...asked, repeated: true })).toEqual(result);
        expect(await bench.collected(customer)).toBe(2999n);
        expect(await gateway.readCharge(nameOf(result))).toEqual({
          reference: nameOf(result), attemptId: asked.idempotencyKey, result, amountMinor: 2999n, currency, paymentMethod: asked.paymentMethod, refundedMinor: 0n,
        });
      });

      it('charges once, however many ask at once', async () => {
        const { customer, asked } = await payer('pays');
        const answers = await Promise.all(Array.from({ length: 5 }, () => untilAnswered(() => gateway.charge(asked))));
        expect(new Set(answers.map(nameOf)).size).toBe(1);
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it('takes no other amount for the same key', async () => {
        const { customer, asked } = await payer('pays');
        await gateway.charge(asked);
        await expect(gateway.charge({ ...asked, amountMinor: 3000n })).rejects.toThrow();
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it('answers a decline, the same one every time', async () => {
        const { customer, asked } = await payer('declines');
        const result = await gateway.charge(asked);
        expect(result).toMatchObject({ outcome: 'failed', reference: expect.any(String), retryable: true });
        expect(await gateway.charge(asked)).toEqual(result);
        expect((await gateway.readCharge(nameOf(result))).result).toEqual(result);
        expect(await bench.collected(customer)).toBe(0n);
      });

      it('answers a decline for a method that was removed', async () => {
        const { asked } = await payer('pays');
        await gateway.removeMethod({ idempotencyKey: newId('req'), reference: asked.paymentMethod });
        expect(await gateway.charge(asked).catch(refused)).toMatchObject({ outcome: 'failed', code: 'invalid_method', retryable: false });
      });

      it('knows no charge that never was', async () => {
        await expect(gateway.readCharge('pi_unknown')).rejects.toThrow(expect.objectContaining({ code: 'unknown_reference' }));
      });

      it.each([true, false])('waits for the customer where the bank asks (customer there: %s)', async (onSession) => {
        const { customer, asked } = await payer('asks', { onSession });
        const result = await gateway.charge(asked);
        expect(result).toMatchObject({ outcome: 'requires_action', clientSecret: expect.any(String) });
        expect((await gateway.readCharge(nameOf(result))).result).toMatchObject({ outcome: 'requires_action', clientSecret: expect.any(String) });
        expect(await bench.collected(customer)).toBe(0n);
        if (!bench.confirm || result.outcome !== 'requires_action') return;
        await bench.confirm(result, true);
        expect((await gateway.readCharge(result.reference)).result).toEqual({ outcome: 'succeeded', reference: result.reference });
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it.skipIf(!bench.confirm)('fails when the customer does not confirm it', async () => {
        const { customer, asked } = await payer('asks', { onSession: true });
        const result = await gateway.charge(asked);
        await bench.confirm!(result as { reference: string }, false);
        expect((await gateway.readCharge(nameOf(result))).result).toMatchObject({ outcome: 'failed', code: 'authentication_failed' });
        expect(await bench.collected(customer)).toBe(0n);
      });

      it('takes back what waits for the customer, and says what went through', async () => {
        const waiting = await payer('asks', { onSession: true });
        const reference = nameOf(await gateway.charge(waiting.asked));
        const cancellation = { idempotencyKey: newId('req'), reference };
        expect(await gateway.cancelCharge(cancellation)).toEqual({ outcome: 'canceled', reference });
        expect(await gateway.cancelCharge(cancellation)).toEqual({ outcome: 'canceled', reference });
        const { charge } = await paid();
        expect(await gateway.cancelCharge({ idempotencyKey: newId('req'), reference: charge })).toEqual({ outcome: 'succeeded', reference: charge });
      });

      it.skipIf(!capabilities.slowSettlement || !bench.settle).each([true, false])('lets a bank debit take its time (arrives: %s)', async (arrives) => {
        const { customer, asked } = await payer('settles');
        const result = await gateway.charge(asked);
        expect(result).toMatchObject({ outcome: 'processing' });
        await bench.settle!(nameOf(result), arrives);
        expect((await gateway.readCharge(nameOf(result))).result).toMatchObject({ outcome: arrives ? 'succeeded' : 'failed' });
        expect(await bench.collected(customer)).toBe(arrives ? 2999n : 0n);
      });
    });

    describe('refunds', () => {
      it('gives back the whole, once for one key', async () => {
        const { charge, refund } = await paid();
        const asked = refund(2999n);
        const result = await gateway.refund(asked);
        expect(result).toMatchObject({ refundId: asked.idempotencyKey, charge, outcome: 'succeeded', amountMinor: 2999n, currency });
        expect(await gateway.refund(asked)).toEqual(result);
        expect(await gateway.readRefund(result.reference)).toEqual(result);
        expect(await gateway.readCharge(charge)).toMatchObject({ refundedMinor: 2999n, result: { outcome: 'succeeded' } });
      });

      it.skipIf(!capabilities.partialRefunds)('gives back parts, and no more than is left', async () => {
        const { charge, refund } = await paid();
        await gateway.refund(refund(1000n));
        await gateway.refund(refund(999n));
        await expect(gateway.refund(refund(1001n))).rejects.toThrow(expect.objectContaining({ code: 'already_refunded' }));
        expect(await gateway.readCharge(charge)).toMatchObject({ refundedMinor: 1999n });
        await gateway.refund(refund(1000n));
        await expect(gateway.refund(refund(1n))).rejects.toThrow(expect.objectContaining({ code: 'already_refunded' }));
      });

      it('knows no charge to give back that never was', async () => {
        const asked: NewRefund = { idempotencyKey: newId('req'), charge: 'pi_unknown', amountMinor: 1n, currency, accountId: newId('acc') };
        await expect(gateway.refund(asked)).rejects.toThrow(expect.objectContaining({ code: 'unknown_reference' }));
      });
    });

    describe.skipIf(!bench.openDispute)('disputes', () => {
      it('tells what the bank holds back', async () => {
        const { charge } = await paid();
        const reference = await bench.openDispute!(charge);
        expect(await gateway.readDispute(reference)).toMatchObject({ reference, charge, state: 'needs_response', amountMinor: 2999n, currency, withdrawnMinor: 2999n });
      });

      it.skipIf(!bench.closeDispute).each([true, false])('tells how it ended (won: %s)', async (won) => {
        const { charge } = await paid();
        const reference = await bench.openDispute!(charge);
        await bench.closeDispute!(reference, won);
        expect(await gateway.readDispute(reference)).toMatchObject({ state: won ? 'won' : 'lost', withdrawnMinor: won ? 0n : 2999n });
      });
    });

    describe('checkouts', () => {
      for (const mode of capabilities.checkout) {
        it(`opens a page for a ${mode}, one for one key`, async () => {
          const { asked } = await checkoutOf(mode);
          const checkout = await gateway.createCheckout(asked);
          expect(checkout).toMatchObject({ checkoutId: asked.checkoutId, mode, state: 'open', url: expect.stringMatching(/^https?:/), charge: null, subscription: null });
          expect(await gateway.createCheckout(asked)).toMatchObject({ reference: checkout.reference });
          expect(await gateway.readCheckout(checkout.reference)).toMatchObject({ reference: checkout.reference, state: 'open' });
        });
      }

      it.skipIf(capabilities.checkout.length === 0)('closes a page that nobody finished', async () => {
        const { asked } = await checkoutOf(capabilities.checkout[0]!);
        const { reference } = await gateway.createCheckout(asked);
        const cancellation = { idempotencyKey: newId('req'), reference };
        expect(await gateway.expireCheckout(cancellation)).toMatchObject({ state: 'expired', url: null });
        expect(await gateway.expireCheckout({ ...cancellation, idempotencyKey: newId('req') })).toMatchObject({ state: 'expired' });
      });

      it.skipIf(!bench.finishCheckout || !capabilities.checkout.includes('payment'))('is paid on the page, and cannot be closed any more', async () => {
        const { customer, asked } = await checkoutOf('payment');
        const { reference } = await gateway.createCheckout(asked);
        await bench.finishCheckout!(await gateway.readCheckout(reference), 'pays');
        const complete = { state: 'complete', url: null, charge: { attemptId: asked.mode === 'payment' && asked.attemptId, result: { outcome: 'succeeded' }, amountMinor: 2999n, currency } };
        expect(await gateway.readCheckout(reference)).toMatchObject(complete);
        expect(await gateway.expireCheckout({ idempotencyKey: newId('req'), reference })).toMatchObject(complete);
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it.skipIf(!bench.finishCheckout || !capabilities.checkout.includes('setup'))('stores a method on the page', async () => {
        const { customer, asked } = await checkoutOf('setup');
        const { reference } = await gateway.createCheckout(asked);
        await bench.finishCheckout!(await gateway.readCheckout(reference), 'pays');
        expect(await gateway.readCheckout(reference)).toMatchObject({ state: 'complete', setup: { outcome: 'succeeded', method: { customer } } });
      });
    });

    describe.skipIf(!gateway.managedSubscriptions || !bench.finishCheckout)('subscriptions that the gateway renews', () => {
      it('begin on the page, end with their period, and go on when that is undone', async () => {
        const { asked } = await checkoutOf('subscription');
        const { reference } = await gateway.createCheckout(asked);
        await bench.finishCheckout!(await gateway.readCheckout(reference), 'pays');
        const { subscription } = await gateway.readCheckout(reference);
        const managed = gateway.managedSubscriptions!;
        const begun = await managed.read(subscription!);
        expect(begun).toMatchObject({ subscriptionId: asked.mode === 'subscription' && asked.subscriptionId, state: 'active', cancelAtPeriodEnd: false });
        expect(begun.period.end > begun.period.start).toBe(true);
        expect(begun.payments).toMatchObject([{ amountMinor: 2999n, currency, charge: expect.any(String), period: begun.period }]);
        const change = { idempotencyKey: newId('req'), reference: subscription! };
        expect(await managed.cancelAtPeriodEnd({ ...change, resume: false })).toMatchObject({ state: 'active', cancelAtPeriodEnd: true });
        expect(await managed.cancelAtPeriodEnd({ ...change, resume: true })).toMatchObject({ cancelAtPeriodEnd: false });
      });
    });

    describe.skipIf(!bench.notices)('notices', () => {
      it('are believed as they come, and name what they are about', async () => {
        const { charge } = await paid();
        const events = await Promise.all((await bench.notices!()).map((notice) => gateway.readEvent({ ...notice, now: new Date() })));
        expect(events.map(({ subject }) => subject)).toContainEqual({ kind: 'charge', reference: charge });
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      });

      it('are not believed changed or late', async () => {
        await paid();
        const [notice] = await bench.notices!();
        const changed = Buffer.from(Buffer.from(notice!.body).toString().replace('"', ' "'));
        await expect(gateway.readEvent({ ...notice!, body: changed, now: new Date() })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
        await expect(gateway.readEvent({ ...notice!, headers: {}, now: new Date() })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
        await expect(gateway.readEvent({ ...notice!, now: new Date(Date.now() + hour) })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
      });
    });

    describe.skipIf(!bench.meet).each(gatewayFaults)('when the gateway %s', (fault) => {
      it.each([1, 2])('charges once (%s times)', async (times) => {
        const { customer, asked } = await payer('pays');
        bench.meet!('charge', fault, times);
        let asks = 0;
        const result = await untilAnswered(() => gateway.charge({ ...asked, repeated: asks++ > 0 }));
        expect(result).toMatchObject({ outcome: 'succeeded' });
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it('charges once though it is not told that it was asked before', async () => {
        const { customer, asked } = await payer('pays');
        bench.meet!('charge', fault, 1);
        await untilAnswered(() => gateway.charge(asked));
        expect(await bench.collected(customer)).toBe(2999n);
      });

      it('answers the decline that was not heard', async () => {
        const { customer, asked } = await payer('declines');
        bench.meet!('charge', fault, 1);
        expect(await untilAnswered(() => gateway.charge(asked))).toMatchObject({ outcome: 'failed', retryable: true });
        expect(await bench.collected(customer)).toBe(0n);
      });

      it('gives back once', async () => {
        const { charge, refund } = await paid();
        const asked = refund(1000n);
        bench.meet!('refund', fault, 1);
        expect(await untilAnswered(() => gateway.refund(asked))).toMatchObject({ outcome: 'succeeded', amountMinor: 1000n });
        expect(await gateway.readCharge(charge)).toMatchObject({ refundedMinor: 1000n });
      });

      it('makes a customer, a setup and a page all the same', async () => {
        const { accountId, customer } = await newCustomer();
        bench.meet!('customer', fault, 1);
        const asked = { idempotencyKey: newId('req'), accountId, name: 'Demo', email: 'demo@example.com' };
        expect(await untilAnswered(() => gateway.createCustomer(asked))).toMatchObject({ reference: expect.any(String) });
        if (capabilities.setupInPage) {
          bench.meet!('setup', fault, 1);
          const setup = { idempotencyKey: newId('req'), customer, setupId: newId('setup'), accountId };
          expect(await untilAnswered(() => gateway.beginSetup(setup))).toMatchObject({ outcome: 'open' });
        }
        if (capabilities.checkout.length === 0) return;
        bench.meet!('checkout', fault, 1);
        const page = await checkoutOf(capabilities.checkout[0]!);
        expect(await untilAnswered(() => gateway.createCheckout(page.asked))).toMatchObject({ state: 'open' });
      });
    });
  });
}

const mostAsks = 6;

/** Asks again, as the domain does, while nothing is known of what became of it. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let asks = 1; ; asks += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GatewayUnavailable) || asks === mostAsks) throw error;
    }
  }
}

function nameOf(result: ChargeResult): string {
  if (result.reference === null) throw new Error('The gateway made no charge.');
  return result.reference;
}

/** A gateway may answer or throw that it will not charge a method that it does not know. */
function refused(error: unknown): ChargeResult {
  if (!(error instanceof GatewayRefusal)) throw error;
  return { outcome: 'failed', reference: null, code: 'invalid_method', retryable: false };
}
