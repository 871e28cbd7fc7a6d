import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { requestReconciliation } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { runReconciliations } from '@/lib/billing/workflows/reconciliation/run-reconciliations';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '../database';
import { balancesOf, paymentsAtProvider, type Payment } from './books';
import type { ProviderOnSandbox } from './provider';
import { carryOut, later, start, type World } from './run';
import { scenariosOf } from './scenarios';

const scenarios = scenariosOf();
const paid = { pay: 2999n, subscribe: 2999n, top_up: 2000n, refund: 2999n };

/**
 * Every step of every way that money moves, failed in every way, with the provider's notice at every time: on the
 * provider's own adapter, its sandbox and a real database. Each scenario has an account of its own; they run side by side.
 */
export function describeFaultMatrix(title: string, open: () => Promise<ProviderOnSandbox>): void {
  useTestDatabase();
  let provider: ProviderOnSandbox;
  let worlds: ReadonlyMap<string, World>;
  let payments: readonly Payment[];
  /** Before books are compared, which books fees. */
  let balances: ReadonlyMap<string, ReadonlyMap<string, bigint>>;

  beforeAll(async () => {
    provider = await open();
    worlds = await carryOut(provider, scenarios);
    payments = await paymentsAtProvider(provider.adapter(), start);
    balances = await balancesOf([...worlds.values()].map(({ context }) => context.accountId));
  }, 600_000);
  afterAll(async () => {
    setPaymentGateways([]);
    await provider.close();
  });

  describe(title, () => {
    it('is failed in at least a hundred ways, and leaves a ledger that proves right and books that agree with its own', async () => {
      expect(worlds.size).toBeGreaterThanOrEqual(100);
      expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
      const { context } = worlds.get(scenarios[0]!.name)!;
      const clock = later(10_000);
      const { id } = await requestReconciliation({ ...context, clock }, { from: new Date(start.getTime() - 3_600_000), to: clock.now() });
      await runReconciliations(clock);
      const { differences, failure, movements } = await database().reconciliation.findUniqueOrThrow({ where: { id } });
      expect({ differences, failure }).toEqual({ differences: 0, failure: null });
      expect(movements).toBeGreaterThanOrEqual(worlds.size);
    });

    it('took no money that nobody asked for', async () => {
      const asked = new Set((await database().paymentAttempt.findMany({ select: { reference: true } })).map(({ reference }) => reference));
      expect(payments.filter(({ charge }) => !asked.has(charge))).toEqual([]);
    });

    for (const { name, flow } of scenarios) it(`${name}: one charge, the right end, books that balance`, async () => {
      const { accountId } = worlds.get(name)!.context;
      const attempts = await database().paymentAttempt.findMany({ where: { accountId } });
      expect(attempts.map(({ status, amountMinor }) => [status, amountMinor])).toEqual([['succeeded', paid[flow]]]);
      expect(payments.filter(({ charge }) => charge === attempts[0]?.reference).map(({ amountMinor }) => amountMinor)).toEqual([paid[flow]]);
      expect(await database().invoice.findMany({ where: { accountId }, select: { status: true } })).toEqual([{ status: 'paid' }]);

      const refunds = await database().refund.findMany({ where: { accountId } });
      expect(refunds.map(({ status, amountMinor }) => [status, amountMinor])).toEqual(flow === 'refund' ? [['succeeded', 1000n]] : []);
      expect((await provider.adapter().readCharge(attempts[0]!.reference!)).refundedMinor).toBe(flow === 'refund' ? 1000n : 0n);
      const grants = await database().creditGrant.findMany({ where: { accountId } });
      expect(grants.map(({ leftMinor }) => leftMinor)).toEqual(flow === 'top_up' ? [2000n] : []);

      const balance = balances.get(accountId)!;
      expect([...balance.values()].reduce((sum, one) => sum + one, 0n)).toBe(0n);
      expect([balance.get('receivable') ?? 0n, balance.get('owed_back') ?? 0n, balance.get('dispute_held') ?? 0n]).toEqual([0n, 0n, 0n]);
      expect(balance.get(`gateway:${provider.adapter().name}`)).toBe(flow === 'refund' ? 1999n : paid[flow]);
    });
  });
}
