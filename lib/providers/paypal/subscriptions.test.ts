import { CaptureStatus, IntervalUnit, SubscriptionStatus, TenureType, type BillingPlan, type Subscription, type SubscriptionTransactionDetails } from '@paypal/paypal-server-sdk';
import { describe, expect, it } from 'vitest';
import { managedOf } from './subscriptions';

const plan = (intervalUnit: IntervalUnit, intervalCount = 1): BillingPlan => ({ billingCycles: [{ tenureType: TenureType.Regular, sequence: 1, frequency: { intervalUnit, intervalCount } }] });
const monthly = plan(IntervalUnit.Month);
const payment = (id: string, time: string): SubscriptionTransactionDetails => ({ id, time, status: CaptureStatus.Completed, amountWithBreakdown: { grossAmount: { currencyCode: 'USD', value: '29.99' } } });
const billing = (change: Partial<NonNullable<Subscription['billingInfo']>> = {}) => ({ outstandingBalance: { currencyCode: 'USD', value: '0' }, failedPaymentsCount: 0, ...change });
const told = (change: Partial<Subscription> = {}): Subscription => ({ id: 'I-1', customId: 'sub_1,co_1', status: SubscriptionStatus.Active, startTime: '2026-01-31T09:00:00Z', billingInfo: billing(), ...change });
const endsWithPeriod = 'Ends with the period that is paid for.';

describe('a subscription that PayPal renews', () => {
  it('tells what was paid for which period, oldest first', () => {
    const payments = [payment('SALE1', '2026-01-31T09:00:00Z'), payment('SALE2', '2026-02-28T09:00:00Z')];
    expect(managedOf(told({ billingInfo: billing({ nextBillingTime: '2026-03-31T09:00:00Z' }) }), monthly, payments)).toEqual({
      reference: 'I-1', subscriptionId: 'sub_1', state: 'active', cancelAtPeriodEnd: false, paymentMethod: null, period: { start: new Date('2026-02-28T09:00:00Z'), end: new Date('2026-03-31T09:00:00Z') },
      payments: [
        { reference: 'SALE1', charge: 'SALE1', amountMinor: 2999n, currency: 'USD', paidAt: new Date('2026-01-31T09:00:00Z'), period: { start: new Date('2026-01-31T09:00:00Z'), end: new Date('2026-02-28T09:00:00Z') } },
        { reference: 'SALE2', charge: 'SALE2', amountMinor: 2999n, currency: 'USD', paidAt: new Date('2026-02-28T09:00:00Z'), period: { start: new Date('2026-02-28T09:00:00Z'), end: new Date('2026-03-31T09:00:00Z') } },
      ],
    });
  });

  it.each([
    [SubscriptionStatus.Active, 0, undefined, 'active'],
    [SubscriptionStatus.Active, 1, undefined, 'past_due'],
    [SubscriptionStatus.Suspended, 0, endsWithPeriod, 'active'],
    [SubscriptionStatus.Suspended, 2, undefined, 'past_due'],
    [SubscriptionStatus.Suspended, 3, undefined, 'canceled'],
    [SubscriptionStatus.Suspended, 3, endsWithPeriod, 'active'],
    [SubscriptionStatus.Suspended, 0, 'The seller paused it.', 'paused'],
    [SubscriptionStatus.Cancelled, 0, undefined, 'canceled'],
    [SubscriptionStatus.Expired, 0, undefined, 'canceled'],
    [SubscriptionStatus.ApprovalPending, 0, undefined, 'incomplete'],
  ] as const)('that is %s after %i failed payments (%s) is %s', (status, failedPaymentsCount, statusChangeNote, state) => {
    const managed = managedOf(told({ status, billingInfo: billing({ failedPaymentsCount }), ...(statusChangeNote && { statusChangeNote }) }), { ...monthly, paymentPreferences: { paymentFailureThreshold: 3 } }, []);
    expect(managed).toMatchObject({ state, cancelAtPeriodEnd: statusChangeNote === endsWithPeriod });
  });

  it('is in the period whose payment has failed, and keeps the one before as it was paid', () => {
    const billingInfo = billing({ failedPaymentsCount: 1, lastFailedPayment: { amount: { currencyCode: 'USD', value: '29.99' }, time: '2026-02-28T09:00:00Z' }, nextBillingTime: '2026-03-31T09:00:00Z' });
    const { state, period, payments } = managedOf(told({ billingInfo }), monthly, [payment('SALE1', '2026-01-31T09:00:00Z')]);
    expect({ state, period }).toEqual({ state: 'past_due', period: { start: new Date('2026-02-28T09:00:00Z'), end: new Date('2026-03-31T09:00:00Z') } });
    expect(payments[0]?.period).toEqual({ start: new Date('2026-01-31T09:00:00Z'), end: new Date('2026-02-28T09:00:00Z') });
  });

  it.each([
    [plan(IntervalUnit.Day, 10), '2026-02-10T09:00:00Z'],
    [plan(IntervalUnit.Week, 2), '2026-02-14T09:00:00Z'],
    [monthly, '2026-02-28T09:00:00Z'],
    [plan(IntervalUnit.Year), '2027-01-31T09:00:00Z'],
  ])('ends its period by its plan where PayPal plans no next payment', (by, end) => {
    expect(managedOf(told(), by, []).period).toEqual({ start: new Date('2026-01-31T09:00:00Z'), end: new Date(end) });
  });
});
