import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultCatalog } from '@/lib/billing/catalog/default-catalog';
import { publishCatalog } from '@/lib/billing/catalog/publish-catalog';
import { recordPayment } from '@/lib/billing/invoices/record-payment';
import { readBalances } from '@/lib/billing/ledger/store';
import type { PaymentMethod } from '@/lib/billing/payments/attempt';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { getSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { adopt } from '@/lib/billing/workflows/adopt/adopt';
import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import { cancelNow } from '@/lib/billing/workflows/cancel-now/cancel-now';
import { upgradeSubscription } from '@/lib/billing/workflows/change-plan/change-plan';
import { changeQuantity } from '@/lib/billing/workflows/change-items/change-items';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { refreshUnfinishedCheckouts } from '@/lib/billing/workflows/checkout/refresh-unfinished';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { cancelAtPeriodEnd, resume } from '@/lib/billing/workflows/managed/cancel-managed';
import { changeManagedMethod } from '@/lib/billing/workflows/managed/change-method';
import { chargedMethodOf } from '@/lib/billing/workflows/managed/charged-method';
import { assertMayChoose, listManagedChoices } from '@/lib/billing/workflows/managed/managed-offer';
import { readManaged } from '@/lib/billing/workflows/managed/read-managed';
import { recordManaged } from '@/lib/billing/workflows/managed/record-managed';
import { refreshDueManaged } from '@/lib/billing/workflows/managed/refresh-managed';
import { pauseSubscription } from '@/lib/billing/workflows/pause/pause';
import { requestReconciliation } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { runReconciliations } from '@/lib/billing/workflows/reconciliation/run-reconciliations';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { redeemCoupon } from '@/lib/billing/workflows/redeem-coupon';
import { removeMethod } from '@/lib/billing/workflows/store-method/remove-method';
import { storeMethod } from '@/lib/billing/workflows/store-method/store-method';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { gatewaysFromSettings } from '@/lib/providers';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { callApi } from '@/lib/testing/api';
import { as } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { tokenFor } from '@/lib/testing/two-customers';
import { startStripeSandbox, type StripeSandbox } from '@/sandbox/testing';
import { stripeClient } from './client';

useTestDatabase();
// The page lives in real time; from the payment on, both clocks are moved together.
const start = systemClock.now();
const day = 86_400_000;
let sellerId: string;
let sandbox: StripeSandbox;

const settings = () => ({ secretKey: sandbox.secretKey, publishableKey: sandbox.publishableKey, webhookSecret: 'whsec_demo', apiBase: new URL(sandbox.url) });
const stripe = () => stripeClient(settings());
const gateway = () => gatewaysFromSettings({ stripe: settings() })[0]!;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
  await database().taxRate.create({ data: { id: 'tax_demo', sellerId, country: 'DE', region: '', category: '', name: 'VAT', percentage: '19' } });
});
// Each test has a Stripe of its own, whose time begins anew.
beforeEach(async () => {
  sandbox = await startStripeSandbox();
  setPaymentGateways(gatewaysFromSettings({ stripe: settings() }));
});
afterEach(async () => {
  setPaymentGateways([]);
  await sandbox.close();
  // Of another test's Stripe the next one knows nothing.
  await database().subscription.updateMany({ where: { managedBy: 'stripe' }, data: { managedBy: 'earlier' } });
  await database().paymentAttempt.updateMany({ data: { gateway: 'earlier' } });
});
afterAll(() => setPaymentGateways([]));

interface Customer {
  context: Context;
  clock: FixedClock;
}

const pro = { kind: 'subscription', planKey: 'pro', interval: 'month', intervalCount: 1 } as const;

/** A customer who has paid on Stripe's page and has not come back yet. */
async function paidThere({ country, planKey = 'pro' }: { country?: string; planKey?: string } = {}): Promise<Customer & { checkoutId: string }> {
  const { context, clock } = await seedAccount(sellerId, start, country ? { country } : {});
  await subscribe(context, { planKey: 'free', interval: 'month' });
  const { session } = await beginCheckout(context, { purpose: { ...pro, planKey }, returnPath: '/subscription' });
  await payPage(session.reference!);
  clock.set(new Date(systemClock.now().getTime() + 1000));
  return { context, clock, checkoutId: session.id };
}

async function payPage(reference: string, token = 'tok_visa'): Promise<void> {
  const { id } = await stripe().paymentMethods.create({ type: 'card', card: { token } });
  await fetch(`${sandbox.url}/_pages/checkout/${reference}/pay`, { method: 'POST', body: new URLSearchParams({ payment_method: id, email: 'buyer@demo.example' }) });
}

/** A customer whose plan Stripe renews; `end`: of its first period. */
async function subscribed(options: { country?: string; planKey?: string } = {}): Promise<Customer & { end: Date }> {
  const { context, clock, checkoutId } = await paidThere(options);
  await refreshCheckout(context, checkoutId);
  return { context, clock, end: (await getSubscription(context))!.currentPeriod.end };
}

const after = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day);

function moveTo({ clock }: Pick<Customer, 'clock'>, moment: Date): void {
  sandbox.clock.move(moment);
  clock.set(moment);
}

const referenceOf = async (context: Context) => (await getSubscription(context))!.managedReference!;
/** Stripe tells of the subscription. */
const tell = async ({ context, clock }: Customer, reference?: string) =>
  adopt({ actor: { kind: 'system', id: 'payments' }, clock, requestId: 'req_test' }, gateway(), { kind: 'subscription', reference: reference ?? (await referenceOf(context)) });

const invoicesOf = async ({ accountId }: Context) =>
  (await database().invoice.findMany({ where: { accountId }, orderBy: { number: 'asc' } })).map(({ status, reason, totalMinor, number, periodStart }) => ({ status, reason, totalMinor, number, periodStart }));

/** Gives the subscription another card at Stripe. */
async function changeCard(context: Context, card: string): Promise<void> {
  const reference = await referenceOf(context);
  const { customer } = await stripe().subscriptions.retrieve(reference);
  const { id } = await stripe().paymentMethods.attach(card, { customer: String(customer) });
  await stripe().subscriptions.update(reference, { default_payment_method: id });
}

async function expectBooksToAgree({ context, clock }: Customer, took: bigint): Promise<void> {
  expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
  expect((await readBalances(database(), context.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'gateway:stripe')?.balanceMinor).toBe(took);
  const { id } = await requestReconciliation(context, { from: new Date(start.getTime() - day), to: clock.now() });
  await runReconciliations(clock);
  expect(await database().reconciliation.findUniqueOrThrow({ where: { id } })).toMatchObject({ differences: 0, failure: null });
}

describe('a plan that Stripe renews', () => {
  it('is had when its first period is paid on Stripe’s page', async () => {
    const { context, checkoutId, clock } = await paidThere();
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, managedBy: 'portal' });
    await Promise.all([1, 2, 3].map(() => refreshCheckout(context, checkoutId)));
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'pro' }, status: 'active', managedBy: 'stripe' });
    expect(await invoicesOf(context)).toMatchObject([{ status: 'paid', reason: 'subscribe', totalMinor: 2999n }]);
    expect(await database().checkoutSession.findUniqueOrThrow({ where: { id: checkoutId } })).toMatchObject({ status: 'completed' });
    expect(await database().paymentMethod.count({ where: { accountId: context.accountId, gateway: 'stripe', isDefault: true } })).toBe(1);
    moveTo({ clock }, after(start, 1));
    await expectBooksToAgree({ context, clock }, 2999n);
  });

  it('is had by Stripe’s notice when nobody comes back, however often it is told, and the page ends by the job', async () => {
    const { context, clock, checkoutId } = await paidThere();
    const { subscription } = await stripe().checkout.sessions.retrieve((await database().checkoutSession.findUniqueOrThrow({ where: { id: checkoutId } })).reference!);
    await Promise.all([1, 2].map(() => tell({ context, clock }, String(subscription))));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'pro' }, managedBy: 'stripe' });
    moveTo({ clock }, after(start, 0.5));
    expect(await refreshUnfinishedCheckouts(clock)).toMatchObject({ ended: 1 });
    expect(await database().checkoutSession.findUniqueOrThrow({ where: { id: checkoutId } })).toMatchObject({ status: 'completed' });
    expect(await invoicesOf(context)).toHaveLength(1);
  });

  it('holds the tax of the place in what Stripe charges, to the minor unit', async () => {
    const { context } = await subscribed({ country: 'DE' });
    const invoice = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    expect(invoice).toMatchObject({ subtotalMinor: 2999n, taxMinor: 570n, totalMinor: 3569n, status: 'paid' });
    expect(await database().paymentAttempt.findFirstOrThrow({ where: { invoiceId: invoice.id } })).toMatchObject({ amountMinor: 3569n, status: 'succeeded', reference: expect.stringMatching(/^pi_/) });
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
    const invoices = await invoicesOf(context);
    expect(invoices.map(({ status, reason, totalMinor }) => [status, reason, totalMinor])).toEqual([
      ['paid', 'subscribe', 2999n], ['paid', 'renewal', 2999n], ['paid', 'renewal', 2999n], ['paid', 'renewal', 2999n],
    ]);
    expect(invoices[1]?.periodStart).toEqual(end);
    const numbers = invoices.map(({ number }) => Number(number!.split('-').at(-1)));
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    await performPayments(clock);
    await expectBooksToAgree({ context, clock }, 4n * 2999n);
  });

  it('is past due while a renewal cannot be charged, and active again once it is', async () => {
    const { context, clock, end } = await subscribed();
    await changeCard(context, 'pm_card_chargeCustomerFail');
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'past_due', managedBy: 'stripe' });
    expect(await invoicesOf(context)).toHaveLength(1);
    await changeCard(context, 'pm_card_visa');
    moveTo({ clock }, after(end, 4));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'active', currentPeriod: { start: end } });
    expect(await invoicesOf(context)).toMatchObject([{ status: 'paid' }, { status: 'paid', reason: 'renewal' }]);
    expect(await database().dunning.count({ where: { accountId: context.accountId } })).toBe(0);
  });

  it('is charged to another stored card, and at once where it was past due', async () => {
    const { context, clock, end } = await subscribed();
    const { customer } = await stripe().subscriptions.retrieve(await referenceOf(context));
    const store = async (token: string): Promise<PaymentMethod> => {
      const { id } = await stripe().paymentMethods.attach(token, { customer: String(customer) });
      const told = found(await gateway().readMethod(id), 'payment method');
      return found(await inTransaction((transaction) => storeMethod(transaction, context, 'stripe', told)), 'payment method');
    };
    const failing = await store('pm_card_chargeCustomerFail');
    const running = await changeManagedMethod(context, failing.id);
    expect(await chargedMethodOf(context, running)).toMatchObject({ method: { id: failing.id }, others: [{ lastDigits: '4242' }], isChangeable: true });
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    expect(await getSubscription(context)).toMatchObject({ status: 'past_due' });

    const good = await store('pm_card_mastercard');
    expect(await changeManagedMethod(context, good.id)).toMatchObject({ status: 'active', currentPeriod: { start: end } });
    expect(await chargedMethodOf(context, running)).toMatchObject({ method: { id: good.id } });
    await expect(removeMethod(context, { methodId: good.id, confirmed: true })).rejects.toMatchObject({ code: 'payment_method_in_use' });
    await removeMethod(context, { methodId: failing.id, confirmed: false });
    expect(await invoicesOf(context)).toMatchObject([{ status: 'paid' }, { status: 'paid', reason: 'renewal' }]);
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'subscription.method_change_requested' } })).toBe(2);
  });

  it('is charged to nothing that lies elsewhere or belongs to somebody else', async () => {
    const { context } = await subscribed();
    const { id: foreign } = await database().paymentMethod.findFirstOrThrow({ where: { accountId: (await subscribed()).context.accountId } });
    await expect(changeManagedMethod(context, foreign)).rejects.toMatchObject({ code: 'not_found' });
    const { id: mine } = await database().paymentMethod.findFirstOrThrow({ where: { accountId: context.accountId } });
    await database().paymentMethod.update({ where: { id: mine }, data: { gateway: 'elsewhere' } });
    await expect(changeManagedMethod(context, mine)).rejects.toMatchObject({ code: 'invalid_transition' });
    const ours = await seedAccount(sellerId, start);
    await subscribe(ours.context, { planKey: 'free', interval: 'month' });
    await expect(changeManagedMethod(ours.context, mine)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is offered only for the plans that the seller sells so, and beside no plan that costs something', async () => {
    const { context } = await seedAccount(sellerId, start, { country: 'DE' });
    expect(await listManagedChoices(context, [])).toEqual([]);
    await expect(assertMayChoose(context, [], pro)).rejects.toMatchObject({ code: 'price_not_offered' });
    expect(await listManagedChoices(context, ['pro'])).toMatchObject([{ planKey: 'pro', interval: 'month', priceMinor: 3569n, gateways: ['stripe'] }, { planKey: 'pro', interval: 'year' }]);
    await assertMayChoose(context, ['pro'], pro);
    await expect(assertMayChoose(context, ['pro'], { ...pro, planKey: 'enterprise' })).rejects.toMatchObject({ code: 'price_not_offered' });
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    expect(await listManagedChoices(context, ['pro'])).toEqual([]);
  });

  it('ends when Stripe gives up charging it, and the free plan begins', async () => {
    const { context, clock, end } = await subscribed();
    await changeCard(context, 'pm_card_chargeCustomerFail');
    const reference = await referenceOf(context);
    moveTo({ clock }, after(end, 20));
    await refreshDueManaged(clock);
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, managedBy: 'portal' });
    expect(await database().subscription.findFirstOrThrow({ where: { managedReference: reference } })).toMatchObject({ status: 'canceled', endedAt: clock.now() });
    await tell({ context, clock }, reference);
    expect(await database().subscription.count({ where: { accountId: context.accountId } })).toBe(3);
  });

  it('is cancelled for the end of its period, resumed, and ends there when it is cancelled again', async () => {
    const { context, clock, end } = await subscribed();
    const reference = await referenceOf(context);
    const isCancelledThere = async () => (await stripe().subscriptions.retrieve(reference)).cancel_at_period_end;
    expect(await cancelAtPeriodEnd(context, { reason: 'Done' })).toMatchObject({ cancelAtPeriodEnd: true, cancellationReason: 'Done' });
    expect(await isCancelledThere()).toBe(true);
    await expect(cancelAtPeriodEnd(context)).rejects.toMatchObject({ code: 'invalid_transition' });
    expect(await resume(context)).toMatchObject({ cancelAtPeriodEnd: false, cancellationReason: '' });
    expect(await isCancelledThere()).toBe(false);
    await cancelAtPeriodEnd(context);
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    expect(await database().subscription.findFirstOrThrow({ where: { managedReference: reference } })).toMatchObject({ status: 'canceled', endedAt: end });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, startedAt: end });
    expect(await invoicesOf(context)).toHaveLength(1);
  });

  it('is cancelled by the next try where the answer of the first was lost', async () => {
    const { context } = await subscribed();
    sandbox.faults.add({ match: { method: 'POST', path: '^/v1/subscriptions/' }, fault: 'error_503', times: 10 });
    await expect(cancelAtPeriodEnd(context)).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
    expect(await getSubscription(context)).toMatchObject({ cancelAtPeriodEnd: false });
    sandbox.faults.clear();
    expect(await cancelAtPeriodEnd(context)).toMatchObject({ cancelAtPeriodEnd: true });
  });

  it('is not moved back by an answer that was asked for earlier and comes later', async () => {
    const { context, clock, end } = await subscribed();
    const early = await readManaged(gateway(), await referenceOf(context));
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    const renewed = await getSubscription(context);
    await recordManaged(context, 'stripe', { ...early, told: { ...early.told, state: 'past_due', cancelAtPeriodEnd: true } });
    expect(await getSubscription(context)).toEqual(renewed);
    expect(await invoicesOf(context)).toHaveLength(2);
  });

  it('is begun, cancelled and resumed over the API', async () => {
    const { context } = await seedAccount(sellerId, start);
    const headers = as(await tokenFor(context, 'billing'));
    const call = (address: string, body: unknown, key?: string) => callApi({ method: 'POST', address: `/api/v1/billing/${address}`, headers: { ...headers, ...(key && { 'idempotency-key': key }) }, body });
    const begun = (await call('checkout-sessions/managed-subscription', { plan: 'pro' })).envelope?.payload as { id: string; url: string; returnPath: string };
    expect(begun).toMatchObject({ mode: 'subscription', status: 'in_progress', returnPath: '/subscription', url: expect.stringMatching(/^http/) });
    await payPage((await database().checkoutSession.findUniqueOrThrow({ where: { id: begun.id } })).reference!);
    await callApi({ method: 'GET', address: '/api/billing/success', query: { session: begun.id }, headers });
    for (const _ of ['first', 'again']) expect(await call('subscription/cancel', {}, 'the-click')).toMatchObject({ status: 200, envelope: { payload: { managedBy: 'stripe', plan: { key: 'pro' }, cancelAtPeriodEnd: true } } });
    expect(await call('subscription/resume', {})).toMatchObject({ status: 200, envelope: { payload: { cancelAtPeriodEnd: false } } });
    expect(await call('subscription/upgrade', { plan: 'enterprise' })).toMatchObject({ status: 409, envelope: { code: 'managed_by_gateway' } });
    expect(await call('checkout-sessions/managed-subscription', { plan: 'pro' })).toMatchObject({ status: 409, envelope: { code: 'already_subscribed' } });
  });

  it('is changed in no other way', async () => {
    const { context } = await subscribed();
    const refused = { code: 'managed_by_gateway' };
    await expect(upgradeSubscription(context, { planKey: 'enterprise' })).rejects.toMatchObject(refused);
    await expect(pauseSubscription(context, { unusedRest: 'kept' })).rejects.toMatchObject(refused);
    await expect(cancelNow(context, {})).rejects.toMatchObject(refused);
    await expect(changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 5n })).rejects.toMatchObject(refused);
    await expect(redeemCoupon(context, 'NONE')).rejects.toMatchObject(refused);
    await expect(beginCheckout(context, { purpose: pro, returnPath: '/subscription' })).rejects.toMatchObject({ code: 'already_subscribed' });
  });

  it('has its usage past the limits invoiced by the portal when its period ends', async () => {
    const { context, clock, end } = await subscribed({ planKey: 'enterprise' });
    const feeMinor = (await invoicesOf(context))[0]!.totalMinor;
    await recordUsage(context, [{ idempotencyKey: 'much', feature: 'api_calls', quantity: 2_000_000n }]);
    moveTo({ clock }, after(end, 1));
    await tell({ context, clock });
    await performPayments(clock);
    // A million calls past the limit at 0.0001.
    const invoices = await invoicesOf(context);
    expect(invoices.map(({ totalMinor }) => totalMinor).sort()).toEqual([feeMinor, feeMinor, 10_000n].sort());
    expect(invoices.every(({ status }) => status === 'paid')).toBe(true);
    await expectBooksToAgree({ context, clock }, 2n * feeMinor + 10_000n);
  });

  // The last whose books are compared: a refund keeps the name of its gateway, so it cannot be set aside for the next.
  it('is given back by a refund of one of its payments', async () => {
    const { context, clock } = await subscribed();
    const { id: invoiceId } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    const refund = await refundInvoice(context, { invoiceId, amountMinor: 1000n, to: 'method', reason: 'Goodwill' });
    await performRefunds(clock);
    expect(await database().refund.findUniqueOrThrow({ where: { id: refund.id } })).toMatchObject({ status: 'succeeded', amountMinor: 1000n });
    moveTo({ clock }, after(start, 1));
    await expectBooksToAgree({ context, clock }, 1999n);
  });
});

describe('a page on which to subscribe', () => {
  it('closes the one that was opened before, so that nobody subscribes twice', async () => {
    const { context } = await seedAccount(sellerId, start);
    const first = await beginCheckout(context, { purpose: pro, returnPath: '/subscription' });
    const second = await beginCheckout(context, { purpose: { ...pro, interval: 'year' }, returnPath: '/subscription', requestKey: 'again' });
    expect((await stripe().checkout.sessions.retrieve(first.session.reference!)).status).toBe('expired');
    expect((await beginCheckout(context, { purpose: { ...pro, interval: 'year' }, returnPath: '/subscription', requestKey: 'again' })).session.id).toBe(second.session.id);
    await expect(beginCheckout(context, { purpose: pro, returnPath: '/subscription', requestKey: 'again' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await payPage(second.session.reference!);
    await refreshCheckout(context, second.session.id);
    expect(await getSubscription(context)).toMatchObject({ price: { interval: 'year' }, managedBy: 'stripe' });
  });

  it('gives back the unused rest of a plan that was bought here while the page was open', async () => {
    const { context, clock } = await seedAccount(sellerId, after(start, -14));
    const { session } = await beginCheckout(context, { purpose: pro, returnPath: '/subscription' });
    const { invoice } = await subscribe(context, { planKey: 'pro', interval: 'month' });
    await recordPayment(context, { invoiceId: invoice!.id, paidAt: clock.now() });
    await payPage(session.reference!);
    clock.set(after(start, 1));
    await refreshCheckout(context, session.id);
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'pro' }, managedBy: 'stripe' });
    expect(await database().creditNote.findFirstOrThrow({ where: { invoiceId: invoice!.id } })).toMatchObject({ totalMinor: expect.any(BigInt) });
  });

  it('is opened for no price that a provider cannot charge alone, and not beside a plan that costs something', async () => {
    const { context } = await seedAccount(sellerId, start);
    await expect(beginCheckout(context, { purpose: { ...pro, planKey: 'free' }, returnPath: '/subscription' })).rejects.toMatchObject({ code: 'price_not_offered' });
    for (const [column, amountMinor] of [['setupFeeMinor', 900n], ['minimumMinor', 5000n]] as const) {
      await publishCatalog({ ...defaultCatalog, plans: defaultCatalog.plans.map((plan) => (plan.key === 'pro' ? { ...plan, prices: plan.prices.map((price) => ({ ...price, [column]: amountMinor })) } : plan)) }, new FixedClock(start));
      await expect(beginCheckout(context, { purpose: pro, returnPath: '/subscription' })).rejects.toMatchObject({ code: 'price_not_offered' });
    }
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await expect(beginCheckout(context, { purpose: pro, returnPath: '/subscription' })).rejects.toMatchObject({ code: 'already_subscribed' });
  });
});
