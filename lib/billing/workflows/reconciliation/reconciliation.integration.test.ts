import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { paidInvoice } from '@/lib/testing/paid-invoice';
import { addTestMethod, ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { readBalances } from '../../ledger/store';
import { setPaymentGateways } from '../../payments/configured-gateway';
import type { GatewayMovement } from '../../payments/gateway/gateway';
import { performPayments } from '../collect-payment/perform-payments';
import { subscribe } from '../subscribe';
import { listDifferences } from './read-reconciliations';
import { requestDaily, requestReconciliation } from './request-reconciliation';
import { adoptDifference, explainDifference } from './resolve-difference';
import { runReconciliations } from './run-reconciliations';

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
const window = { from: new Date('2026-03-10T00:00:00Z'), to: new Date('2026-03-11T00:00:00Z') };
const night = new FixedClock(new Date('2026-03-11T02:00:00Z'));
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(async () => {
  setPaymentGateways([]);
  await database().reconciliation.deleteMany();
  await database().reconciliationDifference.deleteMany();
  // Each test has books of its own: a payment that only an earlier one's gateway knows would be missing there.
  await database().paymentAttempt.updateMany({ data: { gateway: 'earlier' } });
});

let movements = 0;
function told(change: Partial<GatewayMovement> & Pick<GatewayMovement, 'source'>): void {
  movements += 1;
  gateway.movements.push({ reference: `txn_${movements}`, kind: 'payment', amountMinor: 2999n, feeMinor: 0n, currency: 'USD', occurredAt: start, charge: null, ...change });
}

async function compare(context: Context) {
  const run = await requestReconciliation({ ...context, clock: night }, window);
  await runReconciliations(night);
  const { movements: count, differences, failure } = await database().reconciliation.findUniqueOrThrow({ where: { id: run.id } });
  return { movements: count, differences, failure };
}

const open = async (context: Context) => (await listDifferences(context, { status: 'open', page: 1, pageSize: 50 })).items;
const statusOf = async (id: string) => (await database().reconciliationDifference.findUniqueOrThrow({ where: { id } })).status;
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)));

describe('books that are compared', () => {
  it('agree, and what the gateway took is booked once', async () => {
    const { context, charge } = await paidInvoice(sellerId, start);
    told({ source: charge, feeMinor: 117n });
    told({ kind: 'payout', source: 'po_1', amountMinor: -2882n });
    expect(await compare(context)).toEqual({ movements: 1, differences: 0, failure: null });
    expect(await compare(context)).toMatchObject({ differences: 0 });
    expect((await readBalances(database(), context.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'gateway_fees')?.balanceMinor).toBe(117n);
    expect(await database().reconciliationMovement.count()).toBe(0);
  });

  it('find a payment that went through there and not here, and take it over by one call', async () => {
    const { context } = await seedAccount(sellerId, start);
    gateway.script(await addTestMethod(context), 'processing');
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(new FixedClock(start));
    const attempt = await database().paymentAttempt.findFirstOrThrow({ where: { accountId: context.accountId } });
    gateway.finish(attempt.id, { outcome: 'succeeded', reference: attempt.reference! });
    told({ source: attempt.reference! });
    expect(await compare(context)).toMatchObject({ differences: 1 });
    const [difference] = await open(context);
    expect(difference).toMatchObject({ problem: 'state_differs', subject: attempt.id, ourState: 'processing', oursMinor: null, theirsMinor: 2999n });
    const outcomes = await Promise.all([1, 2, 3].map(() => adoptDifference(context, difference!.id)));
    expect(outcomes.map(({ status }) => status)).toEqual(['repaired', 'repaired', 'repaired']);
    expect(await database().invoice.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ status: 'paid' });
    expect(await compare(context)).toMatchObject({ differences: 0 });
  });

  it('find refunds and disputes that were made there, and take them over', async () => {
    const { context, charge } = await paidInvoice(sellerId, start);
    const refund = gateway.refundThere(charge, 500n);
    const dispute = gateway.dispute(charge, { amountMinor: 2499n, withdrawnMinor: 2499n });
    told({ source: charge });
    told({ kind: 'refund', source: refund, amountMinor: -500n, charge });
    told({ kind: 'dispute', source: dispute, amountMinor: -2499n, charge });
    expect(await compare(context)).toMatchObject({ movements: 3, differences: 2 });
    for (const { id, problem } of await open(context)) {
      expect(problem).toBe('missing_here');
      await adoptDifference(context, id);
    }
    expect(await compare(context)).toMatchObject({ differences: 0 });
    expect(await database().refund.count({ where: { accountId: context.accountId, reference: refund } })).toBe(1);
    expect(await database().dispute.count({ where: { accountId: context.accountId, reference: dispute } })).toBe(1);
  });

  it('find what is missing there, and amounts that differ, which nothing here can mend', async () => {
    const [one, other] = [await paidInvoice(sellerId, start), await paidInvoice(sellerId, start)];
    gateway.charges.delete(one.attemptId);
    told({ source: other.charge, amountMinor: 2998n });
    await compare(one.context);
    const found = await open(one.context);
    expect(found.map(({ problem, source }) => [problem, source]).sort()).toEqual([['amount_differs', other.charge], ['missing_there', one.charge]]);
    for (const { id } of found) expect(await codeOf(adoptDifference(one.context, id))).toBe('difference_not_adoptable');
  });

  it('do not report what the gateway knows although it was not told of in the window', async () => {
    const { context } = await paidInvoice(sellerId, start);
    expect(await compare(context)).toEqual({ movements: 0, differences: 0, failure: null });
  });

  it('report a difference once however often they are compared, keep what was explained, and close what is gone', async () => {
    const { context } = await paidInvoice(sellerId, start);
    told({ source: 'ch_foreign' });
    told({ kind: 'refund', source: 're_foreign', amountMinor: -10n });
    for (let time = 0; time < 2; time += 1) await compare(context);
    const [foreign] = (await open(context)).filter(({ source }) => source === 'ch_foreign');
    expect(await open(context)).toHaveLength(2);
    expect(await codeOf(adoptDifference(context, foreign!.id))).toBe('difference_not_adoptable');
    for (let time = 0; time < 2; time += 1) await explainDifference(context, { id: foreign!.id, note: 'A payment of the shop next door' });
    expect(await database().auditEntry.count({ where: { subject: foreign!.id, action: 'difference.explained' } })).toBe(1);
    const gone = (await open(context))[0]!;
    gateway.movements.splice(1, 1);
    await compare(context);
    expect([await statusOf(foreign!.id), await statusOf(gone.id)]).toEqual(['explained', 'gone']);
  });

  it('are compared once at a time, and every day by themselves', async () => {
    const { context } = await paidInvoice(sellerId, start);
    const asking = { ...context, clock: night };
    const outcomes = await Promise.all([1, 2, 3].map(() => codeOf(requestReconciliation(asking, window))));
    expect(outcomes.sort()).toEqual(['conflict', 'conflict', 'done']);
    await Promise.all([1, 2, 3].map(() => runReconciliations(night)));
    await requestDaily(night);
    expect(await database().reconciliation.count()).toBe(1);
    await requestDaily(new FixedClock(new Date(night.now().getTime() + 24 * 3_600_000)));
    expect(await database().reconciliation.count()).toBe(2);
  });

  it('are left as they are when the gateway is away, and compared anew the next time', async () => {
    const { context, charge } = await paidInvoice(sellerId, start);
    told({ source: charge });
    gateway.isAway = true;
    expect(await compare(context)).toMatchObject({ failure: 'The gateway is away.' });
    gateway.isAway = false;
    expect(await compare(context)).toEqual({ movements: 1, differences: 0, failure: null });
  });

  it('are not compared over a window that is empty, too long or to come', async () => {
    const { context } = await paidInvoice(sellerId, start);
    const asking = { ...context, clock: night };
    for (const wrong of [{ from: window.to, to: window.from }, { from: new Date('2024-01-01T00:00:00Z'), to: window.to }, { from: window.from, to: new Date('2026-03-12T00:00:00Z') }]) {
      expect(await codeOf(requestReconciliation(asking, wrong))).toBe('invalid_request');
    }
  });
});
