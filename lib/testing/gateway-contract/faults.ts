import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { everyBehaviour, gatewayFaults, type GatewayBench } from './bench';
import { sampleEvidence } from './disputes';
import { nameOf, stepsOn, untilAnswered } from './steps';

/** What a gateway promises while it fails. */
export function describeFaults(bench: GatewayBench, { impatient, meet }: NonNullable<GatewayBench['faults']>): void {
  const { gateway, behaviours = everyBehaviour } = bench;
  const { capabilities } = gateway;
  const { newCustomer, payer, paid, checkoutOf } = stepsOn(bench);

  describe.each(gatewayFaults)('when the gateway %s', (fault) => {
    it.each([1, 2])('charges once (%s times)', async (times) => {
      const { customer, asked } = await payer('pays');
      meet('charge', fault, times);
      let asks = 0;
      const result = await untilAnswered(() => impatient.charge({ ...asked, repeated: asks++ > 0 }));
      expect(result).toMatchObject({ outcome: 'succeeded' });
      expect(await bench.collected(customer)).toBe(2999n);
    });

    it('charges once though it is not told that it was asked before', async () => {
      const { customer, asked } = await payer('pays');
      meet('charge', fault, 1);
      await untilAnswered(() => impatient.charge(asked));
      expect(await bench.collected(customer)).toBe(2999n);
    });

    it('answers the decline that was not heard', async () => {
      const { customer, asked } = await payer('declines');
      meet('charge', fault, 1);
      expect(await untilAnswered(() => impatient.charge(asked))).toMatchObject({ outcome: 'failed', retryable: true });
      expect(await bench.collected(customer)).toBe(0n);
    });

    it('gives back once', async () => {
      const { charge, refund } = await paid();
      const asked = refund(1000n);
      meet('refund', fault, 1);
      expect(await untilAnswered(() => impatient.refund(asked))).toMatchObject({ outcome: 'succeeded', amountMinor: 1000n });
      expect(await gateway.readCharge(charge)).toMatchObject({ refundedMinor: 1000n });
    });

    it.skipIf(!bench.openDispute)('hears an answer to a dispute, and that one is accepted, all the same', async () => {
      const answered = await bench.openDispute!((await paid()).charge);
      const answer = { idempotencyKey: newId('dre'), reference: answered, evidence: sampleEvidence };
      meet('answer', fault, 1);
      await untilAnswered(() => impatient.answerDispute(answer));
      expect(await gateway.readDispute(answered)).toMatchObject({ state: 'under_review' });
      const accepted = await bench.openDispute!((await paid()).charge);
      meet('accept', fault, 1);
      await untilAnswered(() => impatient.acceptDispute({ idempotencyKey: newId('dre'), reference: accepted }));
      expect(await gateway.readDispute(accepted)).toMatchObject({ state: 'lost' });
    });

    it.skipIf(!behaviours.includes('asks'))('takes back a charge all the same', async () => {
      const { asked } = await payer('asks', { onSession: true });
      const reference = nameOf(await gateway.charge(asked));
      meet('cancel', fault, 1);
      expect(await untilAnswered(() => impatient.cancelCharge({ idempotencyKey: asked.idempotencyKey, reference }))).toMatchObject({ outcome: 'canceled' });
    });

    it('takes back a method and a page all the same', async () => {
      const { asked } = await payer('pays');
      const removal = { idempotencyKey: newId('req'), reference: asked.paymentMethod };
      meet('remove', fault, 1);
      await untilAnswered(() => impatient.removeMethod(removal));
      expect(await gateway.readMethod(asked.paymentMethod)).toBeNull();
      if (capabilities.checkout.length === 0) return;
      const page = await gateway.createCheckout((await checkoutOf(capabilities.checkout[0]!)).asked);
      const closing = { idempotencyKey: newId('req'), reference: page.reference };
      meet('expire', fault, 1);
      expect(await untilAnswered(() => impatient.expireCheckout(closing))).toMatchObject({ state: 'expired' });
    });

    it('makes a customer, a setup and a page all the same', async () => {
      const { accountId, customer } = await newCustomer();
      meet('customer', fault, 1);
      const asked = { idempotencyKey: newId('req'), accountId, name: 'Demo', email: 'buyer@demo.example' };
      expect(await untilAnswered(() => impatient.createCustomer(asked))).toMatchObject({ reference: expect.any(String) });
      if (capabilities.setupInPage) {
        meet('setup', fault, 1);
        const setup = { idempotencyKey: newId('req'), customer, setupId: newId('setup'), accountId };
        expect(await untilAnswered(() => impatient.beginSetup(setup))).toMatchObject({ outcome: 'open' });
      }
      if (capabilities.checkout.length === 0) return;
      meet('checkout', fault, 1);
      const page = await checkoutOf(capabilities.checkout[0]!);
      expect(await untilAnswered(() => impatient.createCheckout(page.asked))).toMatchObject({ state: 'open' });
    });
  });
}
