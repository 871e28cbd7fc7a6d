import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { everyBehaviour, type GatewayBench } from './bench';
import { currency, nameOf, refused, stepsOn, untilAnswered } from './steps';

/** What a gateway promises of charges. */
export function describeCharges(bench: GatewayBench): void {
  const { gateway, behaviours = everyBehaviour } = bench;
  const { capabilities } = gateway;
  const asks = behaviours.includes('asks');
  const { payer, paid } = stepsOn(bench);

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

    it.skipIf(!asks).each([true, false])('waits for the customer where the bank asks (customer there: %s)', async (onSession) => {
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

    it.skipIf(!asks || !bench.confirm)('fails when the customer does not confirm it', async () => {
      const { customer, asked } = await payer('asks', { onSession: true });
      const result = await gateway.charge(asked);
      await bench.confirm!(result as { reference: string }, false);
      expect((await gateway.readCharge(nameOf(result))).result).toMatchObject({ outcome: 'failed', code: 'authentication_failed' });
      expect(await bench.collected(customer)).toBe(0n);
    });

    it.skipIf(!asks)('takes back what waits for the customer', async () => {
      const waiting = await payer('asks', { onSession: true });
      const reference = nameOf(await gateway.charge(waiting.asked));
      const cancellation = { idempotencyKey: newId('req'), reference };
      expect(await gateway.cancelCharge(cancellation)).toEqual({ outcome: 'canceled', reference });
      expect(await gateway.cancelCharge(cancellation)).toEqual({ outcome: 'canceled', reference });
    });

    it('takes back nothing that went through', async () => {
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
}
