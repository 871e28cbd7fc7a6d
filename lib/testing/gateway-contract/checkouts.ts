import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import type { GatewayBench } from './bench';
import { currency, stepsOn } from './steps';

/** What a gateway promises of its own pages, and of what it renews by itself. */
export function describeCheckouts(bench: GatewayBench): void {
  const { gateway } = bench;
  const { capabilities } = gateway;
  const { checkoutOf, payer } = stepsOn(bench);

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

    it.skipIf(!bench.tryCheckout || !capabilities.checkout.includes('payment'))('is paid on the page, and cannot be closed any more', async () => {
      const { customer, asked } = await checkoutOf('payment');
      const { reference } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(reference), 'pays');
      const complete = { state: 'complete', url: null, charge: { attemptId: asked.mode === 'payment' && asked.attemptId, result: { outcome: 'succeeded' }, amountMinor: 2999n, currency } };
      expect(await gateway.readCheckout(reference)).toMatchObject(complete);
      expect(await gateway.expireCheckout({ idempotencyKey: newId('req'), reference })).toMatchObject(complete);
      expect(await bench.collected(customer)).toBe(2999n);
    });

    it.skipIf(!bench.tryCheckout || !capabilities.checkout.includes('payment'))('takes a decline on the page for no end, as the customer may choose another method there', async () => {
      const { customer, asked } = await checkoutOf('payment');
      const { reference } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(reference), 'declines');
      const declined = await gateway.readCheckout(reference);
      expect(declined).toMatchObject({ state: 'open', charge: { result: { outcome: 'processing' } } });
      expect((await gateway.readCharge(declined.charge!.reference)).result.outcome).toBe('processing');
      await bench.tryCheckout!(declined, 'pays');
      expect(await gateway.readCheckout(reference)).toMatchObject({ state: 'complete', charge: { result: { outcome: 'succeeded' } } });
      expect(await bench.collected(customer)).toBe(2999n);
    });

    it.skipIf(!bench.tryCheckout || !capabilities.checkout.includes('payment'))('says that nothing was paid when a page is closed after a decline', async () => {
      const { asked } = await checkoutOf('payment');
      const { reference } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(reference), 'declines');
      const closed = await gateway.expireCheckout({ idempotencyKey: newId('req'), reference });
      expect(closed).toMatchObject({ state: 'expired', charge: { result: { outcome: expect.stringMatching(/^(failed|canceled)$/) } } });
      expect((await gateway.readCharge(closed.charge!.reference)).result).toEqual(closed.charge!.result);
    });

    it.skipIf(!bench.tryCheckout || !capabilities.checkout.includes('setup'))('stores a method on the page', async () => {
      const { customer, asked } = await checkoutOf('setup');
      const { reference } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(reference), 'pays');
      expect(await gateway.readCheckout(reference)).toMatchObject({ state: 'complete', setup: { outcome: 'succeeded', method: { customer } } });
    });
  });

  describe.skipIf(!gateway.managedSubscriptions || !bench.tryCheckout)('subscriptions that the gateway renews', () => {
    it('begin on the page, end with their period, and go on when that is undone', async () => {
      const { asked } = await checkoutOf('subscription');
      const { reference } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(reference), 'pays');
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

    it.skipIf(!gateway.managedSubscriptions?.changeMethod)('are charged to another stored method of their customer, and to nobody else’s', async () => {
      const { customer, asked } = await checkoutOf('subscription');
      const { reference: page } = await gateway.createCheckout(asked);
      await bench.tryCheckout!(await gateway.readCheckout(page), 'pays');
      const reference = (await gateway.readCheckout(page)).subscription!;
      const managed = gateway.managedSubscriptions!;
      const paymentMethod = await bench.storeMethod(customer, 'pays');
      expect((await managed.read(reference)).paymentMethod).not.toBe(paymentMethod);
      const change = { idempotencyKey: newId('req'), reference, paymentMethod };
      for (const _ of ['first', 'again']) expect(await managed.changeMethod!(change)).toMatchObject({ paymentMethod, state: 'active', payments: { length: 1 } });
      const { asked: other } = await payer('pays');
      await expect(managed.changeMethod!({ ...change, idempotencyKey: newId('req'), paymentMethod: other.paymentMethod })).rejects.toMatchObject({ name: 'GatewayRefusal' });
    });
  });
}
