import { beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller, type TestAccount } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { addTestMethod, ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { setPaymentGateways } from '../payments/configured-gateway';
import type { PlanDefinition } from '../catalog/catalog';
import { createCoupon, type NewCoupon } from '../catalog/coupons/manage-coupons';
import { publishPlan } from '../catalog/publish-plan';
import { consumeQuota } from '../quota/consume-quota';
import { remainingQuota } from '../quota/remaining-quota';
import { setSpendCap } from '../quota/adjustments/spend-cap';
import { setLevel } from '../quota/set-level';
import { requireSubscription } from '../subscriptions/get-subscription';
import type { NewSubscription } from '../subscriptions/create-subscription';
import { recordUsage } from '../usage/record-usage';
import { changeQuantity, previewQuantity } from './change-items/change-items';
import { upgradeSubscription } from './change-plan/change-plan';
import { previewPlanChange } from './change-plan/preview';
import { previewCoupon, redeemCoupon } from './redeem-coupon';
import { confirmQuote } from './quotes/confirm-quote';
import { previewCouponRemoval, removeCoupon } from './remove-coupon';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';
import { upcomingInvoice } from './upcoming-invoice';

useTestDatabase();
const start = new Date('2026-04-01T00:00:00Z');
const middle = new Date('2026-04-16T00:00:00Z');
const end = new Date('2026-05-01T00:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

const name = { en: 'Test', zh: '测试' };

/** A plan at 30.00 a month that includes 5 seats, further ones at 4.00. Returns its key. */
async function offer(change: Partial<PlanDefinition> & { price?: Partial<PlanDefinition['prices'][number]> } = {}): Promise<string> {
  const { context } = await seedAccount(sellerId, start);
  const { price, ...plan } = change;
  const definition: PlanDefinition = {
    key: newId('plan'), rank: 40, name, description: name,
    prices: [{ currency: 'USD', interval: 'month', amountMinor: 3_000n, unitPrices: [{ feature: 'agent_seats', included: 5n, scheme: { kind: 'per_unit', unitAmount: '4' } }], ...price }],
    entitlements: { agent_seats: { limit: 5n }, storage_gb: { limit: 10n } },
    ...plan,
  };
  return (await publishPlan(context, definition, { exclusive: false })).plan.key;
}

async function customer(input: NewSubscription, account: TestAccount = {}) {
  const seeded = await seedAccount(sellerId, start, account);
  const begun = await subscribe(seeded.context, input);
  return { ...seeded, ...begun };
}

const linesOf = async (context: Context) =>
  (await database().invoice.findMany({ where: { accountId: context.accountId }, orderBy: { createdAt: 'asc' }, include: { lines: { orderBy: { position: 'asc' } } } })).map(({ lines }) =>
    lines.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`),
  );

const limitOf = async (context: Context, feature: string) => (await remainingQuota(context)).find((quota) => quota.feature.key === feature)?.limit;

async function offerCoupon(change: Partial<NewCoupon> = {}): Promise<string> {
  const { context } = await seedAccount(sellerId, start);
  const code = newId('coup').toUpperCase().replace('_', '-');
  await createCoupon(context, { code, name, percentage: '20', amounts: {}, cycles: null, plans: [], expiresAt: null, redemptionCap: null, ...change });
  return code;
}

describe('seats', () => {
  it('are charged for the rest of the period when more are taken, raise the limit at once, and fall at the period end', async () => {
    const { context, clock } = await customer({ planKey: await offer(), interval: 'month' });
    clock.set(middle);
    const preview = await previewQuantity(context, { item: { feature: 'agent_seats' }, quantity: 8n });
    // 3 seats × 4.00 × 15 / 30 days = 6.00
    expect(preview).toMatchObject({ change: { takesEffect: 'now' }, due: { totalMinor: 600n }, next: { totals: { totalMinor: 4_200n } } });
    const { invoice } = await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 8n, prorationAt: middle, expectedTotalMinor: 600n });
    expect(invoice?.lines).toMatchObject([{ kind: 'proration', amountMinor: 600n, featureKey: 'agent_seats' }]);
    expect(await limitOf(context, 'agent_seats')).toBe(8n);
    expect(await setLevel(context, { feature: 'agent_seats', move: { set: 8n } })).toMatchObject({ allowed: true });
    expect(await setLevel(context, { feature: 'agent_seats', move: { increase: 1n } })).toMatchObject({ allowed: false });

    const { invoice: none } = await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 6n });
    expect(none).toBeNull();
    expect(await limitOf(context, 'agent_seats')).toBe(8n);
    clock.set(end);
    await renewUntilCurrent(context);
    expect(await limitOf(context, 'agent_seats')).toBe(6n);
    // 30.00 and 1 seat × 4.00
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'subscription 400']);
  });

  it('are charged to the payment method on file when more are taken', async () => {
    setPaymentGateways([new ScriptedGateway()]);
    try {
      const { context } = await customer({ planKey: await offer(), interval: 'month' });
      await addTestMethod(context);
      const { invoice } = await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 8n });
      expect(await database().paymentAttempt.findMany({ where: { accountId: context.accountId } })).toMatchObject([{ invoiceId: invoice?.id, amountMinor: 1_200n }]);
    } finally {
      setPaymentGateways([]);
    }
  });

  it('stay and are charged anew when the plan changes, and a fall that waits can be taken back', async () => {
    const { context, clock } = await customer({ planKey: await offer(), interval: 'month' });
    await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 10n });
    await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 7n });
    await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 10n });
    expect((await requireSubscription(context)).items).toMatchObject([{ quantity: 10n, pendingQuantity: null }]);
    const larger = await offer({ rank: 41, price: { amountMinor: 9_000n, unitPrices: [{ feature: 'agent_seats', included: 8n, scheme: { kind: 'per_unit', unitAmount: '3' } }] }, entitlements: { agent_seats: { limit: 8n } } });
    clock.set(middle);
    const preview = await previewPlanChange(context, { planKey: larger });
    // Back: 30.00 / 2 and 5 × 4.00 / 2; charged: 90.00 / 2 and 2 × 3.00 / 2
    expect(preview.due.lines.map(({ amountMinor }) => amountMinor)).toEqual([-1_500n, -1_000n, 4_500n, 300n]);
    const { invoice } = await upgradeSubscription(context, { planKey: larger, prorationAt: middle, expectedTotalMinor: preview.due.totalMinor });
    expect(invoice?.totalMinor).toBe(2_300n);
    expect(preview.next.totals.totalMinor).toBe(9_600n);
    expect(await limitOf(context, 'agent_seats')).toBe(10n);
  });

  it('are refused where the plan sells none, and charged once however often they are asked for at the same time', async () => {
    const { context } = await customer({ planKey: 'free', interval: 'month' });
    await expect(changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 5n })).rejects.toMatchObject({ code: 'quantity_not_sold' });
    const { context: other } = await customer({ planKey: await offer(), interval: 'month' });
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => changeQuantity(other, { item: { feature: 'agent_seats' }, quantity: 9n })));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await linesOf(other)).toEqual([['subscription 3000'], ['proration 1600']]);
    await expect(changeQuantity(other, { item: { feature: 'agent_seats' }, quantity: 20n, expectedTotalMinor: 1n })).rejects.toMatchObject({ code: 'preview_outdated' });
    expect((await requireSubscription(other)).items).toMatchObject([{ quantity: 9n }]);
  });
});

describe('an add-on', () => {
  it('is charged for the rest of the period by its tiers, grants its units, and ends with the period', async () => {
    const { context, clock } = await customer({ planKey: 'pro', interval: 'month' });
    clock.set(middle);
    await changeQuantity(context, { item: { addon: 'extra_storage' }, quantity: 6n });
    // (5 × 5.00 + 1 × 4.00) × 15 / 30 = 14.50
    expect((await linesOf(context)).at(-1)).toEqual(['addon 1450']);
    expect(await limitOf(context, 'storage_gb')).toBe(650n);
    await changeQuantity(context, { item: { addon: 'extra_storage' }, quantity: 0n });
    expect(await limitOf(context, 'storage_gb')).toBe(650n);
    clock.set(end);
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 2999']);
    expect(await limitOf(context, 'storage_gb')).toBe(50n);
    expect((await requireSubscription(context)).items).toEqual([]);
  });

  it('keeps the working of its price on the line, and turns a switch on', async () => {
    const { context, clock } = await customer({ planKey: 'pro', interval: 'month' });
    await changeQuantity(context, { item: { addon: 'extra_storage' }, quantity: 6n });
    await changeQuantity(context, { item: { addon: 'priority_support' }, quantity: 1n });
    expect((await remainingQuota(context)).find(({ feature }) => feature.key === 'priority_support')?.enabled).toBe(true);
    clock.set(end);
    await renewUntilCurrent(context);
    const line = await database().invoiceLine.findFirstOrThrow({ where: { kind: 'addon', amountMinor: 2_900n, invoice: { accountId: context.accountId, reason: 'renewal' } } });
    expect(line.working).toEqual([
      { tier: 1, quantity: '5', unitAmount: '5', flatAmount: '0', amount: '25' },
      { tier: 2, quantity: '1', unitAmount: '4', flatAmount: '0', amount: '4' },
    ]);
  });

  it('is dropped, and its rest given back, by a plan that it is not sold with', async () => {
    const { context, clock } = await customer({ planKey: 'pro', interval: 'month' });
    await changeQuantity(context, { item: { addon: 'priority_support' }, quantity: 1n });
    clock.set(middle);
    const { invoice } = await upgradeSubscription(context, { planKey: 'enterprise' });
    // Back: 29.99 / 2 = 14.995 → 15.00 and 19.00 / 2; charged: 99.99 / 2 = 49.995 → 50.00
    expect(invoice?.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['proration', -1_500n], ['addon', -950n], ['proration', 5_000n]]);
    expect((await requireSubscription(context)).items).toEqual([]);
  });

  it('is refused where it is not sold', async () => {
    const { context } = await customer({ planKey: 'enterprise', interval: 'month' });
    await expect(changeQuantity(context, { item: { addon: 'priority_support' }, quantity: 1n })).rejects.toMatchObject({ code: 'addon_not_offered' });
    await expect(changeQuantity(context, { item: { addon: 'nothing' }, quantity: 1n })).rejects.toMatchObject({ code: 'unknown_addon' });
  });
});

describe('a setup fee', () => {
  it('is charged once, with the first paid purchase of the plan', async () => {
    const planKey = await offer({ price: { setupFeeMinor: 5_000n } });
    const { context, clock } = await customer({ planKey, interval: 'month' });
    clock.set(end);
    await renewUntilCurrent(context);
    expect(await linesOf(context)).toEqual([['subscription 3000', 'setup_fee 5000'], ['subscription 3000']]);
    const { context: upgrading } = await customer({ planKey: 'pro', interval: 'month' });
    const preview = await previewPlanChange(upgrading, { planKey });
    const { invoice } = await upgradeSubscription(upgrading, { planKey, expectedTotalMinor: preview.due.totalMinor, prorationAt: start });
    expect(invoice?.lines.map(({ kind }) => kind)).toEqual(['proration', 'proration', 'setup_fee']);
  });
});

describe('a minimum', () => {
  it('tops up what a period lacks of it, when the period is closed and not before', async () => {
    const entitlements = { tokens: { limit: 100n, policy: 'overage' as const, overage: { USD: '0.10' } } };
    const planKey = await offer({ price: { minimumMinor: 5_000n, unitPrices: [] }, entitlements });
    const { context, clock } = await customer({ planKey, interval: 'month' });
    await recordUsage(context, [{ feature: 'tokens', quantity: 150n, idempotencyKey: 'use-1' }]);
    clock.set(middle);
    // 50.00 − 30.00 − 50 × 0.10 = 15.00; and the next 30.00
    expect(await upcomingInvoice(context)).toMatchObject({ subtotalMinor: 5_000n, usageMinor: 500n });
    clock.set(end);
    await renewUntilCurrent(context);
    expect(await linesOf(context)).toEqual([['subscription 3000'], ['subscription 3000', 'usage 500', 'minimum 1500']]);
  });

  it('counts for the share of a period that is cut short by a change to another interval', async () => {
    const planKey = await offer({
      prices: [
        { currency: 'USD', interval: 'month', amountMinor: 3_000n, minimumMinor: 5_000n },
        { currency: 'USD', interval: 'year', amountMinor: 36_000n },
      ],
    });
    const { context, clock } = await customer({ planKey, interval: 'month' });
    clock.set(middle);
    const preview = await previewPlanChange(context, { planKey, interval: 'year' });
    const { invoice } = await upgradeSubscription(context, { planKey, interval: 'year', prorationAt: middle, expectedTotalMinor: preview.due.totalMinor });
    // 50.00 / 2 − 30.00 / 2 = 10.00; 15.00 back; the year
    expect(invoice?.lines.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual(['minimum 1000', 'proration -1500', 'subscription 36000']);
  });

  it('is not there where the charges reach it', async () => {
    const entitlements = { tokens: { limit: 0n, policy: 'overage' as const, overage: { USD: '1' } } };
    const { context, clock } = await customer({ planKey: await offer({ price: { minimumMinor: 5_000n, unitPrices: [] }, entitlements }), interval: 'month' });
    await recordUsage(context, [{ feature: 'tokens', quantity: 20n, idempotencyKey: 'use-1' }]);
    clock.set(end);
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'usage 2000']);
  });
});

describe('a coupon', () => {
  it('reduces so many periods, also what changes within them, and then no more', async () => {
    const coupon = await offerCoupon({ cycles: 2 });
    const { context, clock, invoice } = await customer({ planKey: await offer(), interval: 'month', coupon });
    // 20 % of 30.00
    expect(invoice).toMatchObject({ totalMinor: 2_400n, lines: [{ kind: 'subscription' }, { kind: 'discount', amountMinor: -600n }] });
    clock.set(middle);
    // 5 seats × 4.00 / 2 = 10.00; the discount of 10.00 for a period replaces that of 6.00: + 3.00 − 5.00
    await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: 10n });
    expect((await linesOf(context)).at(-1)).toEqual(['proration 300', 'proration 1000', 'discount -500']);
    clock.set(end);
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'subscription 2000', 'discount -1000']);
    clock.set(new Date('2026-06-01T00:00:00Z'));
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'subscription 2000']);
  });

  it('shows what it takes off before it is redeemed, and counts from the next period', async () => {
    const code = await offerCoupon({ percentage: null, amounts: { USD: 1_000n }, cycles: 1 });
    const { context, clock } = await customer({ planKey: await offer(), interval: 'month' });
    expect(await previewCoupon(context, code)).toMatchObject({ next: { totals: { totalMinor: 2_000n } }, without: { totalMinor: 3_000n } });
    await redeemCoupon(context, code);
    await expect(redeemCoupon(context, code)).rejects.toMatchObject({ code: 'coupon_already_redeemed' });
    clock.set(end);
    const upcoming = await upcomingInvoice(context);
    await renewUntilCurrent(context);
    expect(upcoming?.totalMinor).toBe(2_000n);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'discount -1000']);
  });

  it('is never redeemed more often than it may be, however many ask at once', async () => {
    const coupon = await offerCoupon({ redemptionCap: 3 });
    const planKey = await offer();
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => customer({ planKey, interval: 'month', coupon })));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refusals = asked.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(new Set(refusals)).toEqual(new Set(['coupon_used_up']));
    expect(await database().coupon.findUniqueOrThrow({ where: { code: coupon } })).toMatchObject({ redeemed: 3 });
  });

  it('is refused when it expired, is for another plan or currency, or while another still counts', async () => {
    const planKey = await offer();
    await expect(customer({ planKey, interval: 'month', coupon: await offerCoupon({ expiresAt: start }) })).rejects.toMatchObject({ code: 'coupon_expired' });
    await expect(customer({ planKey, interval: 'month', coupon: await offerCoupon({ plans: ['pro'] }) })).rejects.toMatchObject({ code: 'coupon_not_applicable' });
    await expect(customer({ planKey, interval: 'month', coupon: await offerCoupon({ percentage: null, amounts: { EUR: 100n } }) })).rejects.toMatchObject({ code: 'coupon_not_applicable' });
    await expect(customer({ planKey, interval: 'month', coupon: 'NOTHING' })).rejects.toMatchObject({ code: 'unknown_coupon' });
    const { context } = await customer({ planKey, interval: 'month', coupon: await offerCoupon() });
    await expect(redeemCoupon(context, await offerCoupon())).rejects.toMatchObject({ code: 'coupon_running' });
  });
});

describe('a coupon with a plan that is begun', () => {
  it('is shown with every line, and charged as shown', async () => {
    const code = await offerCoupon({ cycles: 1, redemptionCap: 1 });
    const planKey = await offer();
    const { context } = await seedAccount(sellerId, start);
    const { quote, due, next, change } = await previewPlanChange(context, { planKey, coupon: code });
    expect(change).toMatchObject({ direction: 'begin', redeems: { coupon: { code } } });
    expect(due).toMatchObject({ totalMinor: 2_400n, lines: [{ amountMinor: 3_000n }, { kind: 'discount', amountMinor: -600n }] });
    expect(next.totals.totalMinor).toBe(3_000n);
    expect(await database().coupon.findUniqueOrThrow({ where: { code } })).toMatchObject({ redeemed: 0 });
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: { totalMinor: 2_400n }, subscription: { coupon: { cyclesUsed: 1 } } });
    expect(await requireSubscription(context)).toMatchObject({ coupon: { coupon: { code, redeemed: 1 }, cyclesUsed: 1, lastPeriodStart: start } });
  });

  it('comes with the step from a plan without cost too, and with no other change', async () => {
    const [once, always] = [await offerCoupon({ cycles: 1 }), await offerCoupon()];
    const { context } = await customer({ planKey: 'free', interval: 'month' });
    const { quote, due } = await previewPlanChange(context, { planKey: await offer(), coupon: once });
    expect(due.totalMinor).toBe(2_400n);
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: { totalMinor: 2_400n } });
    await expect(previewPlanChange(context, { planKey: await offer({ rank: 50 }), coupon: always })).rejects.toMatchObject({ code: 'coupon_not_applicable' });
    await expect(previewPlanChange(context, { planKey: 'free', coupon: always })).rejects.toMatchObject({ code: 'coupon_not_applicable' });
  });

  it('refuses the confirmation when somebody else redeemed it last meanwhile', async () => {
    const code = await offerCoupon({ redemptionCap: 1 });
    const planKey = await offer();
    const { context } = await seedAccount(sellerId, start);
    const { quote } = await previewPlanChange(context, { planKey, coupon: code });
    await customer({ planKey, interval: 'month', coupon: code });
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
    expect(await database().invoice.count({ where: { accountId: context.accountId } })).toBe(0);
  });
});

describe('taking a coupon off', () => {
  it('leaves the running period reduced and the next one not, as shown', async () => {
    const code = await offerCoupon();
    const { context, clock } = await customer({ planKey: await offer(), interval: 'month', coupon: code });
    clock.set(middle);
    const { quote, next, without } = await previewCouponRemoval(context);
    expect([next.totals.totalMinor, without.totalMinor]).toEqual([2_400n, 3_000n]);
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: null, subscription: { coupon: { removedAt: middle } } });
    await expect(removeCoupon(context)).rejects.toMatchObject({ code: 'no_coupon' });
    await expect(redeemCoupon(context, code)).rejects.toMatchObject({ code: 'coupon_already_redeemed' });
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'coupon.removed' } })).toBe(1);
    clock.set(end);
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000']);
  });

  it('gives back no more than was paid when another one waits for the next period', async () => {
    const { context, clock } = await customer({ planKey: await offer(), interval: 'month', coupon: await offerCoupon({ percentage: '50' }) });
    clock.set(middle);
    await removeCoupon(context);
    await redeemCoupon(context, await offerCoupon({ percentage: '5' }));
    await removeCoupon(context);
    await redeemCoupon(context, await offerCoupon({ percentage: '10' }));
    const { due } = await previewPlanChange(context, { planKey: await offer({ rank: 50, price: { amountMinor: 6_000n } }) });
    // Half of the period is left: 30.00 for the new plan, less 15.00 of the old one, and the half that was taken off goes on with it.
    expect(due.lines.map(({ amountMinor }) => amountMinor)).toEqual([-1_500n, 750n, 3_000n, -1_500n]);
    clock.set(end);
    await renewUntilCurrent(context);
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'discount -300']);
  });
});

describe('a trial', () => {
  const trialEnd = new Date('2026-04-15T00:00:00Z');

  it('costs nothing until its end, and becomes paid from there on where there is a way to pay', async () => {
    const code = await offerCoupon({ cycles: 1 });
    const { context, clock, subscription, invoice } = await customer({ planKey: 'pro', interval: 'month', trial: true, coupon: code });
    expect(invoice).toBeNull();
    expect(subscription).toMatchObject({ status: 'trialing', currentPeriod: { start, end: trialEnd }, trialEndAt: trialEnd, coupon: { cyclesUsed: 0 } });
    await addTestMethod(context);
    clock.set(trialEnd);
    expect(await upcomingInvoice(context)).toMatchObject({ totalMinor: 2_399n });
    await renewUntilCurrent(context);
    expect(await requireSubscription(context)).toMatchObject({ status: 'active', anchorAt: trialEnd, currentPeriod: { start: trialEnd, end: new Date('2026-05-15T00:00:00Z') } });
    // 20 % of 29.99 = 5.998 → 6.00
    expect(await linesOf(context)).toEqual([['subscription 2999', 'discount -600']]);
  });

  it('expires without a way to pay, and the account falls back to the free plan', async () => {
    const { context, clock, subscription } = await customer({ planKey: 'pro', interval: 'month', trial: true });
    clock.set(trialEnd);
    await renewUntilCurrent(context);
    expect(await database().subscription.findUniqueOrThrow({ where: { id: subscription.id } })).toMatchObject({ status: 'expired', endedAt: trialEnd });
    expect(await requireSubscription(context)).toMatchObject({ status: 'active', plan: { key: 'free' }, startedAt: trialEnd });
    expect(await linesOf(context)).toEqual([]);
  });

  it('is had once, also after a paid plan, and only where the plan has one', async () => {
    const { context, clock } = await customer({ planKey: 'pro', interval: 'month', trial: true });
    clock.set(trialEnd);
    await renewUntilCurrent(context);
    await database().subscription.updateMany({ where: { accountId: context.accountId }, data: { status: 'canceled' } });
    await expect(subscribe(context, { planKey: 'pro', interval: 'month', trial: true })).rejects.toMatchObject({ code: 'trial_used' });
    await expect(customer({ planKey: 'enterprise', interval: 'month', trial: true })).rejects.toMatchObject({ code: 'trial_not_offered' });
  });

  it('that asks for a way to pay first does not begin without one', async () => {
    const planKey = await offer({ trial: { days: 7, paymentMethod: 'at_start' } });
    await expect(customer({ planKey, interval: 'month', trial: true })).rejects.toMatchObject({ code: 'payment_method_required' });
    const { context } = await seedAccount(sellerId, start);
    await addTestMethod(context);
    expect(await subscribe(context, { planKey, interval: 'month', trial: true })).toMatchObject({ subscription: { status: 'trialing' } });
  });
});

describe('use past the limit by tiers', () => {
  it('is charged tier by tier, and a spend cap is never passed', async () => {
    const overage = { USD: { kind: 'graduated' as const, tiers: [{ upTo: 10n, unitAmount: '1' }, { upTo: null, unitAmount: '0.5' }] } };
    const planKey = await offer({ price: { unitPrices: [] }, entitlements: { tokens: { limit: 0n, policy: 'overage', overage } } });
    const { context, clock } = await customer({ planKey, interval: 'month' });
    await setSpendCap(context, 1_500n);
    // Counted at the dearest unit, 1.00: 15 units fit into 15.00, the sixteenth does not.
    expect(await consumeQuota(context, { feature: 'tokens', quantity: 15n })).toMatchObject({ allowed: true });
    expect(await consumeQuota(context, { feature: 'tokens', quantity: 1n })).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    clock.set(end);
    await renewUntilCurrent(context);
    // 10 × 1.00 + 5 × 0.50 = 12.50, below the cap
    expect((await linesOf(context)).at(-1)).toEqual(['subscription 3000', 'usage 1250']);
  });
});
