import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { storeTestMethod } from '@/lib/testing/payer';
import { ScriptedGateway, type Script } from '@/lib/testing/scripted-gateway';
import { createCoupon } from '../../catalog/coupons/manage-coupons';
import { recordPayment } from '../../invoices/record-payment';
import { setPaymentTerm } from '../../invoices/set-payment-term';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { checkQuota } from '../../quota/check-quota';
import { getSubscription } from '../../subscriptions/get-subscription';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { upgradeSubscription } from '../change-plan/change-plan';
import { previewPlanChange } from '../change-plan/preview';
import { refreshCheckout } from '../checkout/refresh-checkout';
import { payInvoice } from '../collect-payment/pay-invoice';
import { performPayments } from '../collect-payment/perform-payments';
import { refreshOpenAttempts } from '../collect-payment/refresh-open-attempts';
import { withDunningReviewed } from '../dunning/review-dunning';
import { confirmQuote } from '../quotes/confirm-quote';
import { subscribe } from '../subscribe';
import { dropOverdueHolds } from './drop-overdue-holds';
import { giveUpChange } from './give-up-change';
import { readAwaited } from './read-awaited';
import { subscribeByCheckout } from './subscribe-by-checkout';

useTestDatabase();
const start = systemClock.now();
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(() => setPaymentGateways([]));

/** A customer on Free with a stored method that follows the script. */
async function onFree(...script: Script[]) {
  const { context, clock } = await seedAccount(sellerId, start);
  await subscribe(context, { planKey: 'free', interval: 'month' });
  const method = await storeTestMethod(context, gateway);
  if (script.length > 0) gateway.script(method.reference, ...script);
  return { context, clock };
}

/** Confirms a move to Pro. */
async function confirmPro(context: Context) {
  const preview = await previewPlanChange(context, { planKey: 'pro' });
  const outcome = await confirmQuote(context, preview.quote.id);
  return { preview, outcome, quoteId: preview.quote.id, invoiceId: outcome.invoice!.id };
}

const planOf = async (context: Context) => (await getSubscription(context))?.plan.key;
const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });

describe('a larger plan', () => {
  it('is had when it is paid and not before, for exactly what the preview showed', async () => {
    const { context, clock } = await onFree();
    const { preview, outcome, quoteId, invoiceId } = await confirmPro(context);
    expect(preview.paidFirst).toBe(true);
    expect(outcome).toMatchObject({ subscription: { plan: { key: 'free' } }, invoice: { status: 'open', totalMinor: preview.due.totalMinor }, awaitsPaymentUntil: later(60) });
    await performPayments(clock);
    expect([await planOf(context), (await invoiceOf(invoiceId)).status]).toEqual(['free', 'open']);
    expect(await confirmQuote(context, quoteId)).toMatchObject({ invoice: { id: invoiceId }, awaitsPaymentUntil: later(60) });

    await Promise.all(Array.from({ length: 6 }, () => payInvoice(context, { invoiceId })));
    expect([await planOf(context), (await invoiceOf(invoiceId)).status]).toEqual(['pro', 'paid']);
    expect(await gateway.collected(invoiceId)).toBe(preview.due.totalMinor);
    expect(await confirmQuote(context, quoteId)).toMatchObject({ subscription: { plan: { key: 'pro' } }, awaitsPaymentUntil: null });
    expect(await database().invoice.count({ where: { accountId: context.accountId } })).toBe(1);
  });

  it('is not had when the card is declined, and nobody is past due or dunned for it', async () => {
    const { context } = await onFree('declined', 'succeeded');
    const { invoiceId } = await confirmPro(context);
    expect((await payInvoice(context, { invoiceId })).attempt?.status).toBe('failed');
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, status: 'active' });
    expect(await database().dunning.count({ where: { accountId: context.accountId } })).toBe(0);
    await payInvoice(context, { invoiceId });
    expect(await planOf(context)).toBe('pro');
  });

  it('is had as soon as the bank has confirmed it, wherever the browser is', async () => {
    const { context, clock } = await onFree('requires_action');
    const { invoiceId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    expect(await planOf(context)).toBe('free');
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    clock.set(later(2));
    await refreshOpenAttempts(clock);
    expect(await planOf(context)).toBe('pro');
  });

  it('that nobody pays is dropped after an hour: its invoice is void and its quote used up', async () => {
    const { context, clock } = await onFree('requires_action');
    const { invoiceId, quoteId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    expect(await dropOverdueHolds(new FixedClock(later(59)))).toEqual({ dropped: 0 });
    clock.set(later(61));
    await expect(payInvoice(context, { invoiceId, requestKey: 'late' })).rejects.toMatchObject({ code: 'preview_outdated' });
    expect(await dropOverdueHolds(clock)).toEqual({ dropped: 1 });
    await refreshOpenAttempts(clock);
    expect(gateway.charges.get(attempt!.id)!.result.outcome).toBe('canceled');
    expect([await planOf(context), (await invoiceOf(invoiceId)).status]).toEqual(['free', 'void']);
    await expect(confirmQuote(context, quoteId)).rejects.toMatchObject({ code: 'preview_outdated' });
  });

  it('redeems the coupon that it was asked for with when it is paid, and is not paid once that coupon is used up', async () => {
    const quotedWith = async (context: Context, coupon: string) => (await previewPlanChange(context, { planKey: 'pro', coupon })).quote.id;
    const [first, second] = [await onFree(), await onFree()];
    const definition = { code: 'TEST-HELD', name: { en: 'Test', zh: '测试' }, percentage: '50', amounts: {}, cycles: 1, plans: [], expiresAt: later(10), redemptionCap: 1 };
    await createCoupon(first.context, definition);
    const quotes = [await quotedWith(first.context, 'TEST-HELD'), await quotedWith(second.context, 'TEST-HELD')];
    const held = [await confirmQuote(first.context, quotes[0]!), await confirmQuote(second.context, quotes[1]!)];
    expect(held.map(({ invoice }) => invoice!.totalMinor)).toEqual([1_499n, 1_499n]);
    first.clock.set(later(20)); // It was on offer when it was confirmed.
    await payInvoice(first.context, { invoiceId: held[0]!.invoice!.id });
    expect(await getSubscription(first.context)).toMatchObject({ plan: { key: 'pro' }, coupon: { cyclesUsed: 1, coupon: { redeemed: 1 } } });
    await expect(payInvoice(second.context, { invoiceId: held[1]!.invoice!.id })).rejects.toMatchObject({ code: 'preview_outdated' });
    await giveUpChange(second.context, quotes[1]!);
    expect(await planOf(second.context)).toBe('free');
  });

  it('waits for a bank debit that is under way', async () => {
    const { context } = await onFree('processing');
    const { invoiceId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    expect(await dropOverdueHolds(new FixedClock(later(120)))).toEqual({ dropped: 0 });
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    await refreshOpenAttempts(new FixedClock(later(121)));
    expect(await planOf(context)).toBe('pro');
  });

  it('takes the place of one that was confirmed before and not paid', async () => {
    const { context } = await onFree();
    const first = await confirmPro(context);
    const second = await confirmPro(context);
    expect((await invoiceOf(first.invoiceId)).status).toBe('void');
    await payInvoice(context, { invoiceId: second.invoiceId });
    expect(await planOf(context)).toBe('pro');
  });

  it('is not charged when the subscription has changed meanwhile; money that was on its way is no longer owed', async () => {
    const { context } = await onFree('requires_action');
    const { invoiceId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    const afterRenewal = new FixedClock(later(32 * 24 * 60));
    await closeDuePeriods(afterRenewal);
    await expect(payInvoice(context, { invoiceId, requestKey: 'again' })).rejects.toMatchObject({ code: 'preview_outdated' });
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    await refreshOpenAttempts(afterRenewal);
    expect([await planOf(context), (await invoiceOf(invoiceId)).status]).toEqual(['free', 'void']);
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'subscription.change_dropped' } })).toBe(1);
  });

  it('is had when the seller records its payment by hand', async () => {
    const { context } = await onFree();
    const { invoiceId } = await confirmPro(context);
    await withDunningReviewed(context, invoiceId, () => recordPayment(context, { invoiceId, paidAt: context.clock.now() }));
    expect(await planOf(context)).toBe('pro');
  });

  it('is had at once by an account that pays by invoice, and where there is no gateway', async () => {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'free', interval: 'month' });
    await setPaymentTerm(context, { days: 30 });
    const atOnce = { preview: { paidFirst: false }, outcome: { subscription: { plan: { key: 'pro' } }, invoice: { status: 'open' } } };
    expect(await confirmPro(context)).toMatchObject(atOnce);
    const other = await onFree();
    setPaymentGateways([]);
    expect(await confirmPro(other.context)).toMatchObject(atOnce);
  });

  it('cannot be had unpaid by another door', async () => {
    const { context } = await onFree();
    await expect(upgradeSubscription(context, { planKey: 'pro' })).rejects.toMatchObject({ code: 'payment_first' });
    expect([await planOf(context), await database().invoice.count({ where: { accountId: context.accountId } })]).toEqual(['free', 0]);
  });
});

describe('the first plan of an account', () => {
  /** A customer without a subscription, with a stored method. */
  async function newcomer(...script: Script[]) {
    const { context, clock } = await seedAccount(sellerId, start);
    const method = await storeTestMethod(context, gateway);
    if (script.length > 0) gateway.script(method.reference, ...script);
    return { context, clock };
  }

  it('begins when it is paid and not before, at the moment and for the price that the preview showed', async () => {
    const { context, clock } = await newcomer('declined', 'succeeded');
    const { preview, outcome, quoteId, invoiceId } = await confirmPro(context);
    expect(preview).toMatchObject({ paidFirst: true, change: { direction: 'begin', before: null }, due: { totalMinor: 2999n } });
    expect(outcome).toMatchObject({ subscription: null, invoice: { status: 'open', totalMinor: 2999n, subscriptionId: null }, awaitsPaymentUntil: later(60) });
    await payInvoice(context, { invoiceId });
    expect([await getSubscription(context), (await checkQuota(context, { feature: 'api_calls' })).reason]).toEqual([null, 'no_subscription']);

    clock.set(later(20));
    await Promise.all(Array.from({ length: 5 }, () => payInvoice(context, { invoiceId })));
    const begun = await getSubscription(context);
    expect(begun).toMatchObject({ plan: { key: 'pro' }, status: 'active', startedAt: start });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid', subscriptionId: begun!.id });
    expect(await gateway.collected(invoiceId)).toBe(2999n);
    expect(await confirmQuote(context, quoteId)).toMatchObject({ subscription: { id: begun!.id }, awaitsPaymentUntil: null });
  });

  it('begins at once where it costs nothing, and where there is no gateway', async () => {
    const free = await newcomer();
    const { quote } = await previewPlanChange(free.context, { planKey: 'free' });
    expect(await confirmQuote(free.context, quote.id)).toMatchObject({ subscription: { plan: { key: 'free' } }, invoice: null });
    setPaymentGateways([]);
    const other = await seedAccount(sellerId, start);
    const { outcome } = await confirmPro(other.context);
    expect(outcome).toMatchObject({ subscription: { plan: { key: 'pro' } }, invoice: { status: 'open', subscriptionId: outcome.subscription!.id } });
  });

  it('is not begun beside another that was begun meanwhile, and what was paid for it is no longer owed', async () => {
    const { context, clock } = await newcomer('requires_action');
    const { invoiceId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    await subscribe(context, { planKey: 'free', interval: 'month' });
    await expect(payInvoice(context, { invoiceId, requestKey: 'again' })).rejects.toMatchObject({ code: 'preview_outdated' });
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    clock.set(later(2));
    await refreshOpenAttempts(clock);
    expect([await planOf(context), (await invoiceOf(invoiceId)).status]).toEqual(['free', 'void']);
  });
});

describe('a change that waits for its payment', () => {
  it('is told until it is paid', async () => {
    const { context } = await onFree();
    expect(await readAwaited(context)).toBeNull();
    const { invoiceId, quoteId } = await confirmPro(context);
    expect(await readAwaited(context)).toMatchObject({ quoteId, planKey: 'pro', invoice: { id: invoiceId, dueMinor: 2999n }, until: later(60) });
    await payInvoice(context, { invoiceId });
    expect(await readAwaited(context)).toBeNull();
  });

  it('is told no more when its hour is over, unless its money is on its way', async () => {
    const { context, clock } = await onFree('processing');
    const { invoiceId } = await confirmPro(context);
    clock.set(later(61));
    expect(await readAwaited(context)).toBeNull();
    clock.set(later(59));
    await payInvoice(context, { invoiceId });
    clock.set(later(61));
    expect(await readAwaited(context)).toMatchObject({ invoice: { id: invoiceId } });
  });

  it('is given up by the customer: its invoice is void, what was begun for it is closed, and the log says who', async () => {
    const { context, clock } = await onFree('requires_action');
    const { invoiceId, quoteId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    await Promise.all([1, 2, 3].map(() => giveUpChange(context, quoteId)));
    expect([await readAwaited(context), (await invoiceOf(invoiceId)).status, await planOf(context)]).toEqual([null, 'void', 'free']);
    await refreshOpenAttempts(clock);
    expect(gateway.charges.get(attempt!.id)!.result.outcome).toBe('canceled');
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'subscription.change_given_up' } })).toBe(1);
    await expect(confirmQuote(context, quoteId)).rejects.toMatchObject({ code: 'preview_outdated' });
  });

  it('is not given up while its money may be on its way, when it has happened, or by another account', async () => {
    const { context } = await onFree('processing');
    const { invoiceId, quoteId } = await confirmPro(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    await expect(giveUpChange(context, quoteId)).rejects.toMatchObject({ code: 'payment_in_progress' });
    const stranger = await onFree();
    await expect(giveUpChange(stranger.context, quoteId)).rejects.toMatchObject({ code: 'not_found' });
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    await refreshOpenAttempts(new FixedClock(later(1)));
    await expect(giveUpChange(context, quoteId)).rejects.toMatchObject({ code: 'invalid_transition' });
  });
});

describe('subscribing on a page of the gateway', () => {
  const wanted = { planKey: 'pro', interval: 'month' } as const;

  it('has nothing before it is paid, and the plan when it is', async () => {
    const { context } = await seedAccount(sellerId, start);
    const { checkout, invoice } = await subscribeByCheckout(context, wanted, { returnPath: '/subscription', requestKey: 'buy' });
    expect(await getSubscription(context)).toBeNull();
    expect((await subscribeByCheckout(context, wanted, { returnPath: '/subscription', requestKey: 'buy' })).checkout?.session.id).toBe(checkout!.session.id);
    gateway.finishCheckout(checkout!.session.id);
    await Promise.all([1, 2, 3].map(() => refreshCheckout(context, checkout!.session.id)));
    expect([await planOf(context), (await invoiceOf(invoice!.id)).status]).toEqual(['pro', 'paid']);
    expect(await database().paymentMethod.count({ where: { accountId: context.accountId, isDefault: true } })).toBe(1);
  });

  it('is done at the provider that the customer chooses, and nothing is left where there is none of that name', async () => {
    const other = new ScriptedGateway('other');
    setPaymentGateways([gateway, other]);
    const { context } = await seedAccount(sellerId, start);
    await expect(subscribeByCheckout(context, wanted, { returnPath: '/subscription', gateway: 'unknown' })).rejects.toMatchObject({ code: 'payments_unavailable' });
    expect(await readAwaited(context)).toBeNull();
    const { checkout } = await subscribeByCheckout(context, wanted, { returnPath: '/subscription', gateway: 'other' });
    other.finishCheckout(checkout!.session.id);
    await refreshCheckout(context, checkout!.session.id);
    expect(await planOf(context)).toBe('pro');
    expect(await database().paymentMethod.findFirstOrThrow({ where: { accountId: context.accountId } })).toMatchObject({ gateway: 'other' });
  });

  it('opens none where nothing is due', async () => {
    const { context } = await onFree();
    setPaymentGateways([]);
    expect((await subscribeByCheckout(context, wanted, { returnPath: '/subscription' })).checkout).toBeNull();
  });
});
