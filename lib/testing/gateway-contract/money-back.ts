import { describe, expect, it } from 'vitest';
import type { NewRefund } from '@/lib/billing/payments/gateway/charges';
import type { GatewayMovement } from '@/lib/billing/payments/gateway/gateway';
import { newId } from '@/lib/core/ids';
import type { GatewayBench } from './bench';
import { currency, hour, stepsOn } from './steps';

/** What a gateway promises of refunds, and of its books. */
export function describeMoneyBack(bench: GatewayBench): void {
  const { gateway } = bench;
  const { capabilities } = gateway;
  const { paid } = stepsOn(bench);

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

  describe.skipIf(!bench.booksAtOnce)('movements', () => {
    it('tell what came in and went out, oldest first', async () => {
      const from = new Date(Date.now() - hour);
      const { charge, refund } = await paid();
      const { reference } = await gateway.refund(refund(1000n));
      const movements: GatewayMovement[] = [];
      for await (const movement of gateway.listMovements({ from, to: new Date(Date.now() + hour) })) movements.push(movement);
      expect(movements.filter((movement) => movement.charge === charge)).toMatchObject([
        { kind: 'payment', source: charge, amountMinor: 2999n, currency },
        { kind: 'refund', source: reference, amountMinor: -1000n, currency },
      ]);
      const times = movements.map(({ occurredAt }) => occurredAt.getTime());
      expect(times).toEqual([...times].sort((one, other) => one - other));
    });

    it('lie in the window', async () => {
      await paid();
      for await (const movement of gateway.listMovements({ from: new Date(Date.now() + hour), to: new Date(Date.now() + 50 * hour) })) expect(movement).toBeUndefined();
    });
  });
}
