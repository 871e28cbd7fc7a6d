import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { refreshOpenAttempts } from '@/lib/billing/workflows/collect-payment/refresh-open-attempts';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { requestTopUp } from '@/lib/billing/workflows/top-up/request-top-up';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { applyNotices } from '@/lib/webhooks/inbox/apply-notices';
import { receiveNotice } from '@/lib/webhooks/inbox/receive-notice';
import { seedAccount, seedSeller } from '../account';
import { draftOf } from '../invoicing';
import { startReceiver } from '../receiver';
import { dieFor, endDeaths, installDeaths } from './dying-process';
import { faultyGateway } from './faulty-gateway';
import type { ProviderOnSandbox } from './provider';
import { behaviourOf, type NoticeTime, type Scenario } from './scenarios';

/** Providers live in real time, so the portal begins there; from then on its clock is set. */
export const start = systemClock.now();
export const later = (minutes: number): FixedClock => new FixedClock(new Date(start.getTime() + minutes * 60_000));

/** The account of a scenario. */
export interface World {
  scenario: Scenario;
  context: Context;
  /** What is owed, or was paid before the faults began. */
  invoiceId: string;
}

/** So many work at once. */
const together = 6;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const next = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: together }, next));
}

/** Carries every scenario out, and lets the jobs mend what is left. */
export async function carryOut(provider: ProviderOnSandbox, scenarios: readonly Scenario[]): Promise<Map<string, World>> {
  let clock = later(0);
  const receiver = await startReceiver(async ({ body, headers }) => {
    await receiveNotice(clock, { gateway: provider.adapter().name, body: Buffer.from(body), headers: headers as Record<string, string> });
    return 200;
  });
  provider.notify(receiver.url);

  const heldAbout = (subjects: readonly string[]): string[] => provider.held().filter(({ body }) => subjects.some((subject) => body.includes(subject))).map(({ eventId }) => eventId);
  const { gateway, arm } = faultyGateway(provider, async (subject) => {
    await provider.deliver(heldAbout([subject]));
    await applyNotices(clock);
  });
  setPaymentGateways([gateway]);
  const worlds = new Map<string, World>();

  async function tellOf(when: NoticeTime): Promise<void> {
    const accounts = [...worlds.values()].filter(({ scenario }) => scenario.notice === when).map(({ context }) => context.accountId);
    const eventIds = heldAbout(await idsOf(accounts));
    await Promise.all([provider.deliver(eventIds), ...(when === 'twice' ? eventIds.map((id) => provider.resend(id)) : [])]);
    await applyNotices(clock);
  }

  async function settle(): Promise<void> {
    const charges = await database().paymentAttempt.findMany({ where: { status: 'processing' } });
    const refunds = await database().refund.findMany({ where: { status: 'pending' } });
    await provider.settle({ charges: charges.flatMap(({ reference }) => reference ?? []), refunds: refunds.flatMap(({ reference }) => reference ?? []) });
  }

  const sellerId = await seedSeller(start, { withWelcome: false });
  await installDeaths();
  await inTurns(scenarios, async (scenario) => worlds.set(scenario.name, await prepare(provider, sellerId, scenario)));
  const all = [...worlds.values()];

  await inTurns(all, async ({ context: { accountId }, scenario }) => {
    arm(accountId, scenario);
    await dieFor(accountId, scenario);
  });
  await inTurns(all, (world) => act(world).catch(() => undefined));
  await endDeaths('dies_before');
  // Who saw an error tries once more.
  await inTurns(all.filter(({ scenario }) => scenario.fault === 'dies_before'), act);
  await performPayments(clock);
  await performRefunds(clock);
  await settle();
  await tellOf('twice');

  await endDeaths('all');
  // Who waits for a short time only may give up before the request that was to be left without an answer.
  const unmet = provider.mend().filter((fault) => !fault.startsWith('timeout'));
  if (unmet.length > 0) throw new Error(`No request has met these faults, so they were not tried: ${unmet.join(', ')}.`);
  for (const { context } of all) arm(context.accountId, null);
  for (const minutes of [2, 10, 30, 120, 500, 1500, 3000]) {
    clock = later(minutes);
    await performPayments(clock);
    await performRefunds(clock);
    await refreshOpenAttempts(clock);
    await applyNotices(clock);
    await settle();
  }
  clock = later(3001);
  await tellOf('late');
  await performRefunds(clock);
  await refreshOpenAttempts(clock);
  await receiver.stop();
  return worlds;
}

/** What there is before the faults begin. */
async function prepare(provider: ProviderOnSandbox, sellerId: string, scenario: Scenario): Promise<World> {
  const { context } = await seedAccount(sellerId, start);
  await provider.storeMethod(context, behaviourOf(scenario));
  if (scenario.flow !== 'pay' && scenario.flow !== 'refund') return { scenario, context, invoiceId: '' };
  const { id: invoiceId } = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 2999n)));
  if (scenario.flow === 'refund') await payInvoice(context, { invoiceId });
  return { scenario, context, invoiceId };
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

/** Our ids of what moved money for the accounts, which the provider's objects carry. */
async function idsOf(accounts: string[]): Promise<string[]> {
  const where = { accountId: { in: accounts } };
  const attempts = await database().paymentAttempt.findMany({ where, select: { id: true } });
  const refunds = await database().refund.findMany({ where, select: { id: true } });
  return [...attempts, ...refunds].map(({ id }) => id);
}
