import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBalances } from '@/lib/billing/ledger/store';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { GatewayUnavailable, type Charge, type ChargeResult, type NewRefund, type RefundResult } from '@/lib/billing/payments/gateway';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { refreshOpenAttempts } from '@/lib/billing/workflows/collect-payment/refresh-open-attempts';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { requestTopUp } from '@/lib/billing/workflows/top-up/request-top-up';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { addTestMethod, ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { applyNotices } from './apply-notices';
import { receiveNotice } from './receive-notice';

// Every step of every way that money moves, failed in every way, with the gateway's notice at every time. What dies leaves
// what fails leaves: its claim lapses after a while, and somebody else carries on.

const flows = ['pay', 'subscribe', 'top_up', 'refund'] as const;
/** Nothing; dead while the intent is written; not heard before and after the gateway acted; dead while the outcome is recorded. */
const faults = ['none', 'intent', 'away', 'lost', 'record'] as const;
/** When the gateway tells: before we have its answer, once and twice after it, when all is over, or never. */
const notices = ['before', 'after', 'twice', 'late', 'never'] as const;
const outcomes = ['at once', 'later'] as const;

interface Scenario {
  flow: (typeof flows)[number];
  fault: (typeof faults)[number];
  notice: (typeof notices)[number];
  outcome: (typeof outcomes)[number];
  name: string;
}

const scenarios: Scenario[] = flows.flatMap((flow) =>
  faults.flatMap((fault) => notices.flatMap((notice) => outcomes.map((outcome) => ({ flow, fault, notice, outcome, name: `${flow}, fault: ${fault}, notice: ${notice}, goes through ${outcome}` })))),
);

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
const at = (minutes: number) => new FixedClock(new Date(start.getTime() + minutes * 60_000));

class FaultyGateway extends ScriptedGateway {
  /** The scenario of each account, while its faults happen. */
  readonly armed = new Map<string, Scenario>();

  override charge(charge: Charge): Promise<ChargeResult> {
    return this.faulty(charge.accountId, 'charge', () => super.charge(charge));
  }

  override refund(refund: NewRefund): Promise<RefundResult> {
    return this.faulty(refund.accountId, 'refund', () => super.refund(refund));
  }

  private async faulty<T extends { reference: string | null }>(accountId: string, kind: 'charge' | 'refund', act: () => Promise<T>): Promise<T> {
    const scenario = this.armed.get(accountId);
    if (scenario?.fault === 'away') throw new GatewayUnavailable('The gateway is away.');
    const result = await act();
    if (scenario?.notice === 'before' && result.reference) {
      await tell(kind, result.reference);
      await applyNotices(at(0));
    }
    if (scenario?.fault === 'lost') throw new GatewayUnavailable('The answer was lost.');
    return result;
  }

  /** What was on its way goes through. */
  settle(): void {
    for (const [attemptId, { result }] of this.charges) if (result.outcome === 'processing') this.finish(attemptId, { outcome: 'succeeded', reference: result.reference });
    for (const { reference, outcome } of this.refunds.values()) if (outcome === 'pending') this.finishRefund(reference, 'succeeded');
  }
}

const gateway = new FaultyGateway();
interface World {
  scenario: Scenario;
  context: Context;
  invoiceId: string;
}
const worlds = new Map<string, World>();

async function tell(kind: 'charge' | 'refund', reference: string, eventId = newId('evt')): Promise<void> {
  const body = Buffer.from(JSON.stringify({ id: eventId, type: `${kind}.updated`, subject: { kind, reference }, occurredAt: start }));
  await receiveNotice(at(0), { gateway: gateway.name, body, headers: { 'x-signature': 'authentic' } });
}

/** Has the database refuse to write such entries of the audit log for the account: what writes them is undone. */
async function installFaults(): Promise<void> {
  await database().$executeRawUnsafe('CREATE TABLE test_fault (account_id text, actions text[])');
  await database().$executeRawUnsafe(`CREATE FUNCTION test_fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM test_fault f WHERE f.account_id = NEW.account_id AND NEW.action = ANY (f.actions)) THEN RAISE EXCEPTION 'died on the way'; END IF; RETURN NEW; END $$`);
  await database().$executeRawUnsafe('CREATE TRIGGER test_fails BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION test_fail()');
}

const failing: Partial<Record<Scenario['fault'], string[]>> = {
  intent: ['payment.requested', 'refund.requested'],
  record: ['payment.succeeded', 'payment.processing', 'refund.succeeded', 'refund.pending'],
};

/** What there is before the faults begin. */
async function prepare(scenario: Scenario): Promise<World> {
  const { context } = await seedAccount(sellerId, start);
  if (scenario.flow === 'pay') await subscribe(context, { planKey: 'pro', interval: 'month' });
  const method = await addTestMethod(context);
  if (scenario.flow === 'refund') await subscribe(context, { planKey: 'pro', interval: 'month' });
  else if (scenario.outcome === 'later') gateway.script(method, 'processing');
  const invoice = await database().invoice.findFirst({ where: { accountId: context.accountId } });
  return { scenario, context, invoiceId: invoice?.id ?? '' };
}

async function arm({ scenario, context: { accountId } }: World): Promise<void> {
  gateway.armed.set(accountId, scenario);
  const actions = failing[scenario.fault];
  if (actions) await database().$executeRaw`INSERT INTO test_fault VALUES (${accountId}, ${actions})`;
}

async function act({ scenario, context, invoiceId }: World): Promise<unknown> {
  switch (scenario.flow) {
    case 'pay':
      return payInvoice(context, { invoiceId, requestKey: 'the-click' });
    case 'subscribe':
      return subscribe(context, { planKey: 'pro', interval: 'month' });
    case 'top_up':
      return requestTopUp(context, { amountMinor: 2000n }, 'the-click');
    case 'refund':
      return refundInvoice(context, { invoiceId, amountMinor: 1000n, to: 'method', reason: 'Goodwill' });
  }
}

/** Tells of everything that the gateway did for accounts whose notice comes then. */
async function tellAll(when: readonly Scenario['notice'][]): Promise<void> {
  const told = (accountId: string): Scenario | null => {
    const scenario = [...worlds.values()].find(({ context }) => context.accountId === accountId)?.scenario;
    return scenario && when.includes(scenario.notice) ? scenario : null;
  };
  const tellOf = async (accountId: string, kind: 'charge' | 'refund', reference: string): Promise<void> => {
    const scenario = told(accountId);
    if (!scenario) return;
    const eventId = newId('evt');
    await tell(kind, reference, eventId);
    if (scenario.notice !== 'twice') return;
    await tell(kind, reference, eventId);
    await tell(kind, reference);
  };
  const refunds = await database().refund.findMany();
  for (const { charge, result } of gateway.charges.values()) if (result.reference) await tellOf((charge as Charge).accountId, 'charge', result.reference);
  for (const { id, accountId } of refunds) if (gateway.refunds.has(id)) await tellOf(accountId, 'refund', `re_${id}`);
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const next = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([1, 2, 3, 4, 5, 6].map(next));
}

async function work(minutes: number): Promise<void> {
  const clock = at(minutes);
  await performPayments(clock);
  await performRefunds(clock);
  await refreshOpenAttempts(clock);
  await applyNotices(clock);
}

let sellerId: string;

beforeAll(async () => {
  setPaymentGateways([gateway]);
  sellerId = await seedSeller(start);
  await installFaults();
  await inTurns(scenarios, async (scenario) => worlds.set(scenario.name, await prepare(scenario)));
  await performPayments(at(0));

  // Those that go through at once have their turn first: what the gateway does with a refund is told by the turn.
  for (const outcome of outcomes) {
    const some = [...worlds.values()].filter(({ scenario }) => scenario.outcome === outcome);
    await inTurns(some, arm);
    gateway.refundScript = [outcome === 'later' ? 'pending' : 'succeeded'];
    await inTurns(some, (world) => act(world).catch(() => undefined));
    await database().$executeRaw`DELETE FROM test_fault WHERE 'payment.requested' = ANY (actions)`;
    // Who saw an error tries once more.
    await inTurns(some.filter(({ scenario }) => scenario.fault === 'intent'), act);
    await performPayments(at(0));
    await performRefunds(at(0));
  }
  gateway.settle();
  await tellAll(['after', 'twice']);
  await applyNotices(at(0));

  await database().$executeRaw`DELETE FROM test_fault`;
  gateway.armed.clear();
  for (const minutes of [2, 10, 30, 120, 500, 1500, 3000]) {
    await work(minutes);
    gateway.settle();
  }
  await tellAll(['late']);
  await work(3001);
}, 600_000);

afterAll(() => setPaymentGateways([]));

describe('whatever fails on the way', () => {
  it('is tried in at least a hundred ways, and leaves a ledger that proves right', async () => {
    expect(worlds.size).toBeGreaterThanOrEqual(100);
    expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
  });

  it.each(scenarios)('$name: one charge, the right end, books that balance', async ({ name, flow }) => {
    const { context } = worlds.get(name)!;
    const { accountId } = context;
    const amountMinor = flow === 'top_up' ? 2000n : 2999n;
    const charges = [...gateway.charges.values()].filter(({ charge }) => (charge as Charge).accountId === accountId);
    expect(charges.map(({ charge, result }) => [charge.amountMinor, result.outcome])).toEqual([[amountMinor, 'succeeded']]);
    expect(await database().paymentAttempt.findMany({ where: { accountId }, select: { status: true } })).toEqual([{ status: 'succeeded' }]);
    expect(await database().invoice.findMany({ where: { accountId }, select: { status: true } })).toEqual([{ status: 'paid' }]);

    const refunds = await database().refund.findMany({ where: { accountId } });
    expect(refunds.map((refund) => [refund.status, refund.amountMinor])).toEqual(flow === 'refund' ? [['succeeded', 1000n]] : []);
    expect([...gateway.refunds.keys()].filter((key) => refunds.some(({ id }) => id === key))).toHaveLength(flow === 'refund' ? 1 : 0);
    const grants = await database().creditGrant.findMany({ where: { accountId } });
    expect(grants.map(({ leftMinor }) => leftMinor)).toEqual(flow === 'top_up' ? [2000n] : []);

    const balances = new Map((await readBalances(database(), accountId)).map(({ ledgerAccount, balanceMinor }) => [ledgerAccount, balanceMinor]));
    expect([...balances.values()].reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
    expect([balances.get('receivable') ?? 0n, balances.get('owed_back') ?? 0n, balances.get('dispute_held') ?? 0n]).toEqual([0n, 0n, 0n]);
    expect(balances.get('gateway:scripted')).toBe(flow === 'refund' ? 1999n : amountMinor);
  });
});
