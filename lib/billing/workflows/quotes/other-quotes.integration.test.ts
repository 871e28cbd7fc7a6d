import { beforeAll, describe, expect, it } from 'vitest';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { createCoupon } from '../../catalog/coupons/manage-coupons';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { changeQuantity, previewQuantity } from '../change-items/change-items';
import { pauseSubscription, previewResumption } from '../pause/pause';
import { previewCoupon, redeemCoupon } from '../redeem-coupon';
import { subscribe } from '../subscribe';
import { confirmQuote } from './confirm-quote';

useTestDatabase();
const start = new Date('2026-04-01T00:00:00Z');
const middle = new Date('2026-04-16T00:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customer() {
  const account = await seedAccount(sellerId, start);
  await subscribe(account.context, { planKey: 'pro', interval: 'month' });
  account.clock.set(middle);
  return account;
}

const more = { item: { addon: 'extra_storage' }, quantity: 2n };
const outdated = { code: 'preview_outdated' };

describe('the quote of a quantity', () => {
  it('charges what it showed, once', async () => {
    const { context } = await customer();
    const { quote, due } = await previewQuantity(context, more);
    expect(due.totalMinor).toBeGreaterThan(0n);
    const { invoice, subscription } = await confirmQuote(context, quote.id);
    expect(invoice).toMatchObject({ totalMinor: due.totalMinor });
    expect(subscription).toMatchObject({ items: [{ quantity: 2n }] });
    expect((await confirmQuote(context, quote.id)).invoice?.id).toBe(invoice?.id);
  });

  it('holds though time goes on while it is made and until it is confirmed', async () => {
    const { context } = await customer();
    let time = middle.getTime();
    const moving = { ...context, clock: { now: () => new Date((time += 417)) } };
    const { quote, due } = await previewQuantity(moving, more);
    expect((await confirmQuote(moving, quote.id)).invoice).toMatchObject({ totalMinor: due.totalMinor });
  });

  it('is refused when another quantity came in between, or the time is over', async () => {
    const { context, clock } = await customer();
    const [{ quote }, late] = [await previewQuantity(context, more), await previewQuantity(context, more)];
    await changeQuantity(context, { item: { addon: 'extra_storage' }, quantity: 1n });
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject(outdated);
    clock.set(new Date(middle.getTime() + 15 * 60_000));
    await expect(confirmQuote(context, late.quote.id)).rejects.toMatchObject(outdated);
    expect((await requireSubscription(context)).items).toMatchObject([{ quantity: 1n }]);
  });
});

describe('the quote of a coupon', () => {
  const offered = (code: string, context: Parameters<typeof createCoupon>[0]) =>
    createCoupon(context, { code, name: { en: 'Test', zh: '测试' }, percentage: '20', amounts: {}, cycles: null, plans: [], expiresAt: null, redemptionCap: 1 });

  it('redeems it once', async () => {
    const { context } = await customer();
    await offered('TEST-QUOTE', context);
    const { quote, next, without } = await previewCoupon(context, 'TEST-QUOTE');
    expect(next.totals.totalMinor).toBeLessThan(without.totalMinor);
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: null, subscription: { coupon: { coupon: { code: 'TEST-QUOTE' } } } });
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: null, subscription: { coupon: { coupon: { code: 'TEST-QUOTE' } } } });
  });

  it('is refused when somebody else has used it up', async () => {
    const { context } = await customer();
    const other = await customer();
    await offered('TEST-LAST', context);
    const { quote } = await previewCoupon(context, 'TEST-LAST');
    await redeemCoupon(other.context, 'TEST-LAST');
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject(outdated);
  });
});

describe('the quote of the end of a pause', () => {
  it('charges the new period that it showed, where the old one is over', async () => {
    const { context, clock } = await customer();
    await pauseSubscription(context, { unusedRest: 'forfeited' });
    clock.set(new Date('2026-06-10T00:00:00Z'));
    const { quote, due, resumption } = await previewResumption(context);
    expect(due.totalMinor).toBe(2_999n);
    clock.set(new Date('2026-06-10T00:10:00Z'));
    const { invoice, subscription } = await confirmQuote(context, quote.id);
    expect(invoice).toMatchObject({ reason: 'resume', totalMinor: 2_999n, period: { start: new Date('2026-06-10T00:00:00Z') } });
    expect(subscription).toMatchObject({ status: 'active', currentPeriod: resumption.after.currentPeriod });
  });

  it('charges nothing where the rest was kept, and there is none unless paused', async () => {
    const { context, clock } = await customer();
    await expect(previewResumption(context)).rejects.toMatchObject({ code: 'invalid_transition' });
    await pauseSubscription(context, { unusedRest: 'kept' });
    clock.set(new Date('2026-04-26T00:00:00Z'));
    const { quote, due } = await previewResumption(context);
    expect(due.lines).toEqual([]);
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: null, subscription: { status: 'active', currentPeriod: { end: new Date('2026-05-11T00:00:00Z') } } });
  });
});
