import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBalances } from '@/lib/billing/ledger/store';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { getSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { adopt } from '@/lib/billing/workflows/adopt/adopt';
import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { cancelAtPeriodEnd, resume } from '@/lib/billing/workflows/managed/cancel-managed';
import { refreshDueManaged } from '@/lib/billing/workflows/managed/refresh-managed';
import { requestReconciliation } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { runReconciliations } from '@/lib/billing/workflows/reconciliation/run-reconciliations';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { systemClock, type FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startPayPalSandbox, type PayPalSandbox } from '@/sandbox/testing';
import { paypalClient, type PayPalGatewaySettings } from './client';
import { paypalGateway } from './gateway';

useTestDatabase();
// The page lives in real time; from the payment on, both clocks are moved together.
const start = systemClock.now();
const day = 86_400_000;
let sellerId: string;
let sandbox: PayPalSandbox;

const settings = (): PayPalGatewaySettings => ({ clientId: sandbox.clientId, clientSecret: sandbox.clientSecret, webhookId: sandbox.webhookId, environment: 'sandbox', apiBase: new URL(sandbox.url) });
const gateway = () => paypalGateway(settings());
const atPayPal = async (context: Context) => (await paypalClient(settings()).subscriptions.getSubscription({ id: await referenceOf(context) })).result;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
  await database().taxRate.create({ data: { id: 'tax_demo', sellerId, country: 'DE', region: '', category: '', name: 'VAT', percentage: '19' } });
});
// Each test has a PayPal of its own, whose time begins anew.
beforeEach(async () => {
  sandbox = await startPayPalSandbox();
  setPaymentGateways([gateway()]);
});
afterEach(async () => {
  setPaymentGateways([]);
  await sandbox.close();
  // Of another test's PayPal the next one knows nothing.
  await database().subscription.updateMany({ where: { managedBy: 'paypal' }, data: { managedBy: 'earlier' } });
  await database().paymentAttempt.updateMany({ data: { gateway: 'earlier' } });
});
afterAll(() => setPaymentGateways([]));

interface Customer {
  context: Context;
  clock: FixedClock;
}

const pro = { kind: 'subscription', planKey: 'pro', interval: 'month', intervalCount: 1 } as const;

/** A customer who has agreed on PayPal's page and has not come back yet. */
async function agreedThere(country?: string): Promise<Customer & { checkoutId: string; reference: string }> {
  const { context, clock } = await seedAccount(sellerId, start, country ? { country } : {});
  await subscribe(context, { planKey: 'free', interval: 'month' });
  const { session, url } = await beginCheckout(context, { purpose: pro, returnPath: '/subscription' });
  sandbox.approvals.approve(new URL(url!).searchParams.get('ba_token')!, 'pays');
  clock.set(new Date(systemClock.now().getTime() + 1000));
  return { context, clock, checkoutId: session.id, reference: session.reference! };
}

/** A customer whose plan PayPal renews; `end`: of its first period. */
async function subscribed(): Promise<Customer & { end: Date }> {
  const { context, clock, checkoutId } = await agreedThere();
  await refreshCheckout(context, checkoutId);
  return { context, clock, end: (await getSubscription(context))!.currentPeriod.end };
}

const after = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day);

function moveTo({ clock }: Pick<Customer, 'clock'>, moment: Date): void {
  sandbox.clock.move(moment);
  clock.set(moment);
}

const referenceOf = async (context: Context) => (await getSubscription(context))!.managedReference!;
/** PayPal tells of the subscription. */
const tell = async ({ context, clock }: Customer, reference?: string) =>
  adopt({ actor: { kind: 'system', id: 'payments' }, clock, requestId: 'req_test' }, gateway(), { kind: 'subscription', reference: reference ?? (await referenceOf(context)) });
const invoicesOf = ({ accountId }: Context) => database().invoice.findMany({ where: { accountId }, orderBy: { number: 'asc' }, select: { status: true, reason: true, totalMinor: true } });

async function expectBooksToAgree({ context, clock }: Customer, took: bigint): Promise<void> {
  expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
  expect((await readBalances(database(), context.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'gateway:paypal')?.balanceMinor).toBe(took);
  const { id } = await requestReconciliation(context, { from: new Date(start.getTime() - day), to: clock.now() });
  await runReconciliations(clock);
  expect(await database().reconciliation.findUniqueOrThrow({ where: { id } })).toMatchObject({ differences: 0, failure: null });
}

describe('a plan that PayPal renews', () => {
  it('is had when its buyer has agreed on PayPal’s page, once, whoever looks', async () => {
    const { context, checkoutId, clock } = await agreedThere();
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, managedBy: 'portal' });
    await Promise.all([1, 2, 3].map(() => refreshCheckout(context, checkoutId)));
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'pro' }, status: 'active', managedBy: 'paypal' });
    expect(await invoicesOf(context)).toEqual([{ status: 'paid', reason: 'subscribe', totalMinor: 2999n }]);
    moveTo({ clock }, after(start, 1));
    await expectBooksToAgree({ context, clock }, 2999n);
  });

  it('is had by PayPal’s notice when nobody comes back, however often it is told', async () => {
    const { context, clock, reference } = await agreedThere();
    await Promise.all([1, 2].map(() => tell({ context, clock }, reference)));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'pro' }, managedBy: 'paypal' });
    expect(await invoicesOf(context)).toHaveLength(1);
  });

  it('costs what its place is taxed, also where another place was first', async () => {
    await subscribed();
    const { context, checkoutId } = await agreedThere('DE');
    await refreshCheckout(context, checkoutId);
    expect(await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } })).toMatchObject({ subtotalMinor: 2999n, taxMinor: 570n, totalMinor: 3569n, status: 'paid' });
  });

  it('renews with each payment there, told or asked for, and the portal charges nothing', async () => {
    const { context, clock, end } = await subscribed();
    moveTo({ clock }, after(end, 1));
    expect(await closeDuePeriods(clock)).toEqual({ closed: 0, failed: 0 });
    await tell({ context, clock });
    const second = (await getSubscription(context))!.currentPeriod;
    expect(second.start).toEqual(end);
    moveTo({ clock }, after(second.end, 35));
    expect(await refreshDueManaged(clock)).toEqual({ asked: 1, failed: 0 });
    expect(await refreshDueManaged(clock)).toEqual({ asked: 0, failed: 0 });
    const { currentPeriod, periodIndex } = (await getSubscription(context))!;
    expect({ periodIndex, isRunning: currentPeriod.start <= clock.now() && clock.now() < currentPeriod.end }).toEqual({ periodIndex: 3, isRunning: true });
    expect((await invoicesOf(context)).map(({ status, reason, totalMinor }) => [status, reason, totalMinor])).toEqual([
      ['paid', 'subscribe', 2999n], ['paid', 'renewal', 2999n], ['paid', 'renewal', 2999n], ['paid', 'renewal', 2999n],
    ]);
    await performPayments(clock);
    await expectBooksToAgree({ context, clock }, 4n * 2999n);
  });

  it('is past due while a renewal is declined, and active again once it is paid', async () => {
    const { context, clock, end } = await subscribed();
    sandbox.subscriptions.set(await referenceOf(context), 'declined');
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'past_due', managedBy: 'paypal', currentPeriod: { start: end } });
    expect(await invoicesOf(context)).toHaveLength(1);
    sandbox.subscriptions.set(await referenceOf(context), 'completes');
    moveTo({ clock }, after(end, 6));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'active', currentPeriod: { start: end }, periodIndex: 1 });
    expect(await invoicesOf(context)).toMatchObject([{ status: 'paid' }, { status: 'paid', reason: 'renewal' }]);
    expect(await database().dunning.count({ where: { accountId: context.accountId } })).toBe(0);
  });

  it('ends when PayPal gives up charging it, and the free plan begins', async () => {
    const { context, clock, end } = await subscribed();
    const reference = await referenceOf(context);
    sandbox.subscriptions.set(reference, 'declined');
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    moveTo({ clock }, after(end, 20));
    await refreshDueManaged(clock);
    await tell({ context, clock }, reference);
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, managedBy: 'portal' });
    expect(await database().subscription.findFirstOrThrow({ where: { managedReference: reference } })).toMatchObject({ status: 'canceled', endedAt: clock.now() });
  });

  it('is paused while the seller has suspended it at PayPal, and goes on', async () => {
    const { context, clock, end } = await subscribed();
    const paypal = paypalClient(settings()).subscriptions;
    await paypal.suspendSubscription({ id: await referenceOf(context), body: { reason: 'The customer is away.' } });
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'paused', managedBy: 'paypal' });
    await paypal.activateSubscription({ id: await referenceOf(context), body: { reason: 'Back.' } });
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'active', currentPeriod: { end } });
  });

  it('is cancelled for the end of its period, resumed, and ends there when it is cancelled again', async () => {
    const { context, clock, end } = await subscribed();
    const reference = await referenceOf(context);
    expect(await cancelAtPeriodEnd(context, { reason: 'Done' })).toMatchObject({ status: 'active', cancelAtPeriodEnd: true, cancellationReason: 'Done', currentPeriod: { end } });
    expect((await atPayPal(context)).status).toBe('SUSPENDED');
    expect(await resume(context)).toMatchObject({ cancelAtPeriodEnd: false, currentPeriod: { end } });
    expect((await atPayPal(context)).status).toBe('ACTIVE');
    await cancelAtPeriodEnd(context);
    moveTo({ clock }, after(end, 1));
    await refreshDueManaged(clock);
    expect(await database().subscription.findFirstOrThrow({ where: { managedReference: reference } })).toMatchObject({ status: 'canceled', endedAt: end });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, startedAt: end });
    expect(await invoicesOf(context)).toHaveLength(1);
    await expectBooksToAgree({ context, clock }, 2999n);
  });

  it('ends now when it is cancelled at PayPal', async () => {
    const { context, clock } = await subscribed();
    const reference = await referenceOf(context);
    await paypalClient(settings()).subscriptions.cancelSubscription({ id: reference, body: { reason: 'By its buyer.' } });
    await tell({ context, clock });
    expect(await database().subscription.findFirstOrThrow({ where: { managedReference: reference } })).toMatchObject({ status: 'canceled', endedAt: clock.now() });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' } });
  });

  it('is cancelled by the next try where the answer of the first was lost', async () => {
    const { context } = await subscribed();
    sandbox.faults.add({ match: { method: 'POST', path: '/suspend$' }, fault: 'error_503', times: 10 });
    await expect(cancelAtPeriodEnd(context)).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
    expect(await getSubscription(context)).toMatchObject({ cancelAtPeriodEnd: false });
    sandbox.faults.clear();
    expect(await cancelAtPeriodEnd(context)).toMatchObject({ cancelAtPeriodEnd: true });
  });

  // The last whose books are compared: a refund keeps the name of its gateway, so it cannot be set aside for the next.
  it('is given back, in part and then whole, by refunds of one of its payments', async () => {
    const { context, clock } = await subscribed();
    const { id: invoiceId } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    for (const amountMinor of [1000n, 1999n]) {
      const refund = await refundInvoice(context, { invoiceId, amountMinor, to: 'method', reason: 'Goodwill' });
      await performRefunds(clock);
      expect(await database().refund.findUniqueOrThrow({ where: { id: refund.id } })).toMatchObject({ status: 'succeeded', amountMinor });
    }
    moveTo({ clock }, after(start, 1));
    await expectBooksToAgree({ context, clock }, 0n);
  });
});
