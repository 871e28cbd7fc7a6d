import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBalances } from '@/lib/billing/ledger/store';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { listPaymentMethods } from '@/lib/billing/payments/methods/list-methods';
import { paidWith } from '@/lib/billing/payments/paid-with';
import { getSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { retryDueDunnings } from '@/lib/billing/workflows/dunning/retry-due';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { setDefaultMethod } from '@/lib/billing/workflows/store-method/set-default-method';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { gatewaysFromSettings } from '@/lib/providers';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { applyNotices } from '@/lib/webhooks/inbox/apply-notices';
import { useSandboxGateway } from '@/sandbox/paypal/gateway-for-tests';
import { setupNamed } from './setups';

useTestDatabase();
const held = useSandboxGateway();
const start = new Date('2026-01-31T09:00:00Z');
const border = new Date('2026-02-28T09:00:00Z');
const days = (count: number) => new Date(border.getTime() + count * 86_400_000);
let sellerId: string;

const paypal = () => ({ ...held.settings(), apiBase: new URL(held.sandbox.url), verifyOnline: false });

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
});
beforeEach(() => setPaymentGateways(gatewaysFromSettings({ paypal: paypal() })));
afterEach(() => setPaymentGateways([]));
afterAll(() => setPaymentGateways([]));

/** Stores a wallet on PayPal's page. Returns our id of it. */
async function storeWallet(context: Context, buyer: 'pays' | 'declines_later' = 'pays'): Promise<string> {
  const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
  held.sandbox.approvals.approve(setupNamed(session.reference!)!.token, buyer);
  await refreshCheckout(context, session.id);
  return (await database().paymentMethod.findFirstOrThrow({ where: { accountId: context.accountId }, orderBy: { createdAt: 'desc' } })).id;
}

/** A customer on Pro who paid the first month with a stored wallet. */
async function customer() {
  const { context, clock } = await seedAccount(sellerId, start);
  const methodId = await storeWallet(context);
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  await performPayments(clock);
  const { reference } = await database().paymentMethod.findUniqueOrThrow({ where: { id: methodId } });
  return { context, clock, methodId, wallet: reference };
}

/** Everything the jobs do at that moment. */
async function work(at: Date) {
  const clock = new FixedClock(at);
  await closeDuePeriods(clock);
  await performPayments(clock);
  await retryDueDunnings(clock);
  await performPayments(clock);
}

const invoicesOf = ({ accountId }: Context) => database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } });
const statusOf = async (context: Context) => (await getSubscription(context))?.status;
const takenFrom = ({ accountId }: Context) => database().paymentAttempt.findMany({ where: { accountId }, orderBy: { requestedAt: 'asc' }, select: { status: true, onSession: true, failureCode: true, gateway: true } });

describe('a plan that is renewed by the portal and paid by PayPal', () => {
  it('is charged to the stored wallet while its owner is away', async () => {
    const { context } = await customer();
    await work(border);
    expect((await invoicesOf(context)).map(({ status, totalMinor }) => [status, totalMinor])).toEqual([['paid', 2999n], ['paid', 2999n]]);
    const [first] = await invoicesOf(context);
    expect(await paidWith(context, first!.id)).toEqual(['PayPal p•••@buyer.sandbox.example']);
    const by = { status: 'succeeded', onSession: false, failureCode: null, gateway: 'paypal' };
    expect(await takenFrom(context)).toEqual([by, by]);
    const captures = held.sandbox.events().filter(({ event_type }) => event_type === 'PAYMENT.CAPTURE.COMPLETED');
    expect(captures.length).toBeGreaterThanOrEqual(2);
  });

  it('is past due when the wallet declines, charged again, and active once it pays', async () => {
    const { context, wallet } = await customer();
    held.sandbox.methods.set(wallet, 'declined');
    await work(border);
    expect(await statusOf(context)).toBe('past_due');
    expect(await database().dunning.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ status: 'retrying', failures: 1, nextAttemptAt: days(1) });
    await work(days(1));
    held.sandbox.methods.set(wallet, 'completes');
    await work(days(3));
    expect(await statusOf(context)).toBe('active');
    expect(await database().dunning.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ status: 'recovered', failures: 2 });
    expect((await invoicesOf(context)).map(({ status }) => status)).toEqual(['paid', 'paid']);
    expect((await takenFrom(context)).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'failed', 'succeeded']);
  });

  it('is paid at once by another wallet that is stored meanwhile', async () => {
    const { context, wallet } = await customer();
    held.sandbox.methods.set(wallet, 'declined');
    await work(border);
    const later = { ...context, clock: new FixedClock(days(0.5)) };
    const other = await storeWallet(later);
    await setDefaultMethod(later, other);
    await performPayments(later.clock);
    expect((await invoicesOf(context)).map(({ status }) => status)).toEqual(['paid', 'paid']);
    expect(await statusOf(context)).toBe('active');
  });

  it('is given up after the last day, for the free plan', async () => {
    const { context, wallet } = await customer();
    held.sandbox.methods.set(wallet, 'declined');
    for (const count of [0, 1, 3, 5, 7]) await work(days(count));
    expect(await database().dunning.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ status: 'given_up', failures: 5 });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, status: 'active' });
  });

  it('is given back in part and then whole, and no more', async () => {
    const { context, clock } = await customer();
    const [invoice] = await invoicesOf(context);
    for (const amountMinor of [1000n, 1999n]) await refundInvoice(context, { invoiceId: invoice!.id, amountMinor, reason: 'Goodwill', to: 'method' });
    await performRefunds(clock);
    await performRefunds(clock);
    expect((await database().refund.findMany({ where: { accountId: context.accountId }, orderBy: { amountMinor: 'asc' } })).map(({ status, amountMinor }) => [status, amountMinor])).toEqual([['succeeded', 1000n], ['succeeded', 1999n]]);
    await expect(refundInvoice(context, { invoiceId: invoice!.id, amountMinor: 1n, reason: 'Goodwill', to: 'method' })).rejects.toThrow();
    const { reference } = await database().paymentAttempt.findFirstOrThrow({ where: { accountId: context.accountId } });
    expect(await held.gateway.readCharge(reference!)).toMatchObject({ refundedMinor: 2999n });
    expect((await readBalances(database(), context.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'gateway:paypal')?.balanceMinor ?? 0n).toBe(0n);
    expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
  });
});

describe('PayPal, switched off', () => {
  const switchedOff = () => setPaymentGateways(gatewaysFromSettings({ paypal: paypal(), paymentProviders: [] }));

  it('takes nothing new and charges no wallet, and gives back and follows what it took', async () => {
    const { context, clock, methodId } = await customer();
    switchedOff();
    expect(await listPaymentMethods(context)).toMatchObject({ options: [], items: [{ id: methodId, isChargeable: false }] });
    await expect(beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' })).rejects.toMatchObject({ code: 'payments_unavailable' });
    await work(border);
    const [first, second] = await invoicesOf(context);
    expect(second).toMatchObject({ status: 'open' });
    await expect(payInvoice(context, { invoiceId: second!.id })).rejects.toMatchObject({ code: 'payments_unavailable' });
    expect(await takenFrom(context)).toHaveLength(1);

    const refund = await refundInvoice(context, { invoiceId: first!.id, amountMinor: 500n, reason: 'Goodwill', to: 'method' });
    await performRefunds(clock);
    expect(await database().refund.findUniqueOrThrow({ where: { id: refund.id } })).toMatchObject({ status: 'succeeded' });
    expect(await applyNotices(clock)).toMatchObject({ dead: 0 });
  });

  it('charges wallets again once it is switched on', async () => {
    const { context } = await customer();
    switchedOff();
    await work(border);
    setPaymentGateways(gatewaysFromSettings({ paypal: paypal() }));
    const [, second] = await invoicesOf(context);
    expect(await payInvoice(context, { invoiceId: second!.id })).toMatchObject({ invoice: { status: 'paid' } });
  });

  it('is not opened for a currency that goes to another provider, and charges there what is stored all the same', async () => {
    const { context } = await customer();
    setPaymentGateways(gatewaysFromSettings({ paypal: paypal(), paymentProviders: [{ name: 'paypal', currencies: ['EUR'] }] }));
    expect(await listPaymentMethods(context)).toMatchObject({ options: [], items: [{ isChargeable: true }] });
    await work(border);
    expect((await invoicesOf(context)).map(({ status }) => status)).toEqual(['paid', 'paid']);
  });

  it('charges no wallet in a currency that it does not take, and says so before anybody tries', async () => {
    const { context, clock } = await seedAccount(sellerId, start, { currency: 'CNY' });
    const { reference } = await database().paymentMethod.findFirstOrThrow({ where: { gateway: 'paypal' } });
    await database().paymentMethod.create({ data: { id: 'pm_moved', accountId: context.accountId, gateway: 'paypal', reference: `${reference}-moved`, kind: 'wallet', brand: 'PayPal', label: 'PayPal', isDefault: true, createdAt: start } });
    expect(await listPaymentMethods(context)).toMatchObject({ options: [], items: [{ isChargeable: false }] });
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    expect(await performPayments(clock)).toEqual({ charged: 0, unknown: 0 });
    expect(await takenFrom(context)).toEqual([]);
  });
});
