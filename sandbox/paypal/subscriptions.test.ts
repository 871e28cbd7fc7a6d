import { IntervalUnit, SetupFeeFailureAction, TenureType, CaptureType } from '@paypal/paypal-server-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPayPalSandbox, type PayPalSandbox } from './server';
import type { BuyerName } from './buyers';
import { ask, clientsFor, refusal, type Clients } from './test-client';

const day = 86_400_000;
let sandbox: PayPalSandbox;
let subscriptions: Clients['subscriptions'];
let payments: Clients['payments'];

beforeEach(async () => {
  sandbox = await startPayPalSandbox();
  ({ subscriptions, payments } = clientsFor(sandbox));
  sandbox.clock.move(new Date('2026-01-31T09:00:00Z'));
});
afterEach(() => sandbox.close());

const usd = (value: string) => ({ currencyCode: 'USD', value });

interface PlanWishes {
  trialCycles?: number;
  totalCycles?: number;
  setupFee?: string;
  threshold?: number;
  tax?: string;
}

async function plan({ trialCycles = 0, totalCycles = 0, setupFee, threshold = 0, tax }: PlanWishes = {}): Promise<string> {
  const { body: product } = await ask<{ id: string }>(sandbox, 'POST', '/v1/catalogs/products', { name: 'Plan of a demo', type: 'SERVICE' });
  const frequency = { intervalUnit: IntervalUnit.Month, intervalCount: 1 };
  const trial = trialCycles > 0 ? [{ tenureType: TenureType.Trial, sequence: 1, totalCycles: trialCycles, frequency }] : [];
  const { result } = await subscriptions.createBillingPlan({
    prefer: 'return=representation',
    body: {
      productId: product.id,
      name: 'Starter',
      billingCycles: [...trial, { tenureType: TenureType.Regular, sequence: trial.length + 1, totalCycles, frequency, pricingScheme: { fixedPrice: usd('20.00') } }],
      paymentPreferences: { paymentFailureThreshold: threshold, ...(setupFee && { setupFee: usd(setupFee), setupFeeFailureAction: SetupFeeFailureAction.Cancel }) },
      quantitySupported: true,
      ...(tax && { taxes: { percentage: tax, inclusive: false } }),
    },
  });
  return result.id!;
}

const contexts = { returnUrl: 'http://shop.localhost/return', cancelUrl: 'http://shop.localhost/cancel' };

async function subscribed(wishes: PlanWishes = {}, buyer: BuyerName = 'pays', quantity = '1'): Promise<string> {
  const { result } = await subscriptions.createSubscription({ body: { planId: await plan(wishes), customId: 'sub-1', quantity, applicationContext: contexts } });
  sandbox.approvals.approve(result.id!, buyer);
  return result.id!;
}

const read = async (id: string) => (await subscriptions.getSubscription({ id })).result;
const paid = async (id: string) =>
  (await subscriptions.listSubscriptionTransactions({ id, startTime: '2026-01-01T00:00:00Z', endTime: '2027-12-31T00:00:00Z' })).result.transactions!.map(({ amountWithBreakdown, time }) => `${time.slice(0, 10)} ${amountWithBreakdown.grossAmount.value}`);
const told = () => sandbox.events().map(({ event_type }) => event_type).filter((type) => /^(BILLING\.SUBSCRIPTION|PAYMENT)/.test(type));

describe('a subscription', () => {
  it('is approved by its buyer, and renews as the clock moves', async () => {
    const planId = await plan({ tax: '10' });
    const created = await subscriptions.createSubscription({ body: { planId, customId: 'sub-1', quantity: '2', applicationContext: contexts } });
    expect(created.result.status).toBe('APPROVAL_PENDING');
    const url = created.result.links!.find(({ rel }) => rel === 'approve')!.href;
    const id = created.result.id!;
    const page = await fetch(`${sandbox.url}/webapps/billing/subscriptions?subscription_id=${id}&locale=zh`).then((answer) => answer.text());
    expect(page).toContain('使用 PayPal 订阅');
    expect(page).toContain('US$44.00');
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ decision: 'approve', buyer: 'pays' }), redirect: 'manual' });
    expect(new URL(response.headers.get('location')!).searchParams.get('subscription_id')).toBe(id);
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', customId: 'sub-1', quantity: '2', subscriber: { payerId: 'SANDBOXPAYS01' }, billingInfo: { nextBillingTime: '2026-02-28T09:00:00Z', failedPaymentsCount: 0, lastPayment: { amount: { value: '44.00' } } } });
    sandbox.clock.move(new Date('2026-04-30T09:00:01Z'));
    expect(await paid(id)).toEqual(['2026-01-31 44.00', '2026-02-28 44.00', '2026-03-31 44.00', '2026-04-30 44.00']);
    expect((await read(id)).billingInfo).toMatchObject({ nextBillingTime: '2026-05-31T09:00:00Z', cycleExecutions: [{ cyclesCompleted: 4 }] });
    expect(told().slice(0, 3)).toEqual(['BILLING.SUBSCRIPTION.CREATED', 'BILLING.SUBSCRIPTION.ACTIVATED', 'PAYMENT.SALE.COMPLETED']);
    expect(sandbox.events().at(-1)).toMatchObject({ event_type: 'PAYMENT.SALE.COMPLETED', resource: { billing_agreement_id: id, custom: 'sub-1', amount: { total: '44.00', currency: 'USD' }, transaction_fee: { value: '2.03' } } });
  });

  it('begins with its trial and its setup fee, and ends after its last period', async () => {
    const id = await subscribed({ trialCycles: 1, totalCycles: 2, setupFee: '5.00' });
    expect(await paid(id)).toEqual(['2026-01-31 5.00']);
    sandbox.clock.move(new Date('2026-05-01T00:00:00Z'));
    expect(await paid(id)).toEqual(['2026-01-31 5.00', '2026-02-28 20.00', '2026-03-31 20.00']);
    expect((await read(id)).status).toBe('EXPIRED');
    expect(told().at(-1)).toBe('BILLING.SUBSCRIPTION.EXPIRED');
  });

  it('owes what a renewal failed to bring, and is paid when it is tried again', async () => {
    const id = await subscribed({}, 'declines_later');
    sandbox.clock.move(new Date('2026-03-01T00:00:00Z'));
    expect((await read(id)).billingInfo).toMatchObject({ failedPaymentsCount: 1, outstandingBalance: { value: '20.00' }, lastFailedPayment: { reasonCode: 'PAYMENT_DENIED', nextPaymentRetryTime: '2026-03-05T09:00:00Z' } });
    expect(told().at(-1)).toBe('BILLING.SUBSCRIPTION.PAYMENT.FAILED');
    sandbox.subscriptions.set(id, 'completes');
    sandbox.clock.move(new Date('2026-03-06T00:00:00Z'));
    expect((await read(id)).billingInfo).toMatchObject({ failedPaymentsCount: 0, outstandingBalance: { value: '0.00' } });
    expect(await paid(id)).toEqual(['2026-01-31 20.00', '2026-03-05 20.00']);
  });

  it('is suspended after too many failures; what is owed can be taken', async () => {
    const id = await subscribed({ threshold: 2 }, 'declines_later');
    sandbox.clock.move(new Date('2026-03-10T00:00:00Z'));
    expect(await read(id)).toMatchObject({ status: 'SUSPENDED', billingInfo: { failedPaymentsCount: 2, outstandingBalance: { value: '20.00' } } });
    sandbox.subscriptions.set(id, 'completes');
    const capture = (value: string) => subscriptions.captureSubscription({ id, body: { note: 'What is owed', captureType: CaptureType.OutstandingBalance, amount: usd(value) } });
    expect(await refusal(capture('20.01'))).toMatchObject({ status: 422, issue: 'AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE' });
    expect((await capture('20.00')).statusCode).toBe(202);
    expect((await subscriptions.activateSubscription({ id, body: { reason: 'Paid' } })).statusCode).toBe(204);
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', billingInfo: { outstandingBalance: { value: '0.00' }, nextBillingTime: '2026-03-31T09:00:00Z' } });
  });

  it('is suspended, goes on without what it missed, and is cancelled', async () => {
    const id = await subscribed();
    await subscriptions.suspendSubscription({ id, body: { reason: 'Pause' } });
    expect(await refusal(subscriptions.suspendSubscription({ id, body: { reason: 'Pause' } }))).toMatchObject({ status: 422, issue: 'SUBSCRIPTION_STATUS_INVALID' });
    sandbox.clock.move(new Date('2026-04-10T00:00:00Z'));
    await subscriptions.activateSubscription({ id });
    expect((await read(id)).billingInfo?.nextBillingTime).toBe('2026-04-30T09:00:00Z');
    sandbox.clock.move(new Date('2026-05-01T00:00:00Z'));
    expect(await paid(id)).toEqual(['2026-01-31 20.00', '2026-04-30 20.00']);
    await subscriptions.cancelSubscription({ id, body: { reason: 'No longer needed' } });
    sandbox.clock.move(new Date(sandbox.clock.now().getTime() + 90 * day));
    expect(await read(id)).toMatchObject({ status: 'CANCELLED', statusChangeNote: 'No longer needed' });
    expect(await paid(id)).toHaveLength(2);
    expect(await refusal(subscriptions.activateSubscription({ id }))).toMatchObject({ status: 422, issue: 'SUBSCRIPTION_STATUS_INVALID' });
  });

  it('may wait for the seller after the approval, or for its start', async () => {
    const planId = await plan();
    const { result } = await subscriptions.createSubscription({ body: { planId, startTime: '2026-02-10T00:00:00Z', applicationContext: { ...contexts, userAction: 'CONTINUE' as never } } });
    const id = result.id!;
    sandbox.approvals.approve(id);
    expect((await read(id)).status).toBe('APPROVED');
    await subscriptions.activateSubscription({ id });
    expect(await paid(id)).toEqual([]);
    sandbox.clock.move(new Date('2026-02-10T00:00:00Z'));
    expect(await paid(id)).toEqual(['2026-02-10 20.00']);
  });

  it('is paid in full at the approval by a buyer who is declined later', async () => {
    const id = await subscribed({ setupFee: '5.00' }, 'declines_later');
    expect(await paid(id)).toEqual(['2026-01-31 5.00', '2026-01-31 20.00']);
  });

  it('is cancelled when its setup is not paid', async () => {
    const id = await subscribed({ setupFee: '5.00' }, 'declined');
    expect((await read(id)).status).toBe('CANCELLED');
    expect(told()).toEqual(['BILLING.SUBSCRIPTION.CREATED', 'BILLING.SUBSCRIPTION.ACTIVATED', 'BILLING.SUBSCRIPTION.PAYMENT.FAILED', 'BILLING.SUBSCRIPTION.CANCELLED']);
  });

  it('has its payments given back as any other', async () => {
    const id = await subscribed();
    const [sale] = (await subscriptions.listSubscriptionTransactions({ id, startTime: '2026-01-01T00:00:00Z', endTime: '2027-12-31T00:00:00Z' })).result.transactions!;
    expect((await payments.refundCapturedPayment({ captureId: sale!.id })).result.status).toBe('COMPLETED');
    expect(told().at(-1)).toBe('PAYMENT.SALE.REFUNDED');
  });

  it('needs a plan that is active', async () => {
    const planId = await plan();
    await subscriptions.deactivateBillingPlan(planId);
    expect(await refusal(subscriptions.createSubscription({ body: { planId } }))).toMatchObject({ status: 422, issue: 'PLAN_STATUS_INVALID' });
    expect(await refusal(subscriptions.createSubscription({ body: { planId: 'P-UNKNOWN' } }))).toMatchObject({ status: 404 });
    expect((await subscriptions.listBillingPlans({})).result.plans).toMatchObject([{ id: planId, status: 'INACTIVE' }]);
  });
});
