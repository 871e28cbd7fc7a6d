import { describe, expect, it } from 'vitest';
import type { PaymentMethod } from '../../payments/attempt';
import type { Subscription } from '../../subscriptions/subscription';
import { attentionOf, urgencyOf, type AttentionFacts, type OwedInvoices } from './attention';

const now = new Date('2026-03-11T00:00:00Z');
const end = new Date('2026-04-01T00:00:00Z');
const plan = { name: { en: 'Pro', zh: '专业版' }, trial: { days: 14, paymentMethod: 'at_end' } };
const subscription = { status: 'active', plan, currentPeriod: { start: new Date('2026-03-01T00:00:00Z'), end }, pendingPrice: null, cancelAtPeriodEnd: false, trialEndAt: null, resumesAt: null } as unknown as Subscription;
const owed = (state: OwedInvoices['state']): OwedInvoices => ({ state, currency: 'USD', count: 1, dueMinor: 100n, invoiceId: 'inv_1', invoiceNumber: 'D-1', dueAt: now, nextAttemptAt: null, heldUntil: null });
const card = (expiryYear: number, expiryMonth: number, isDefault = true) => ({ label: 'Visa •••• 4242', expiryYear, expiryMonth, isDefault }) as PaymentMethod;
const used = (units: bigint, limit: bigint | null, policy: 'block' | 'overage' | 'warn' = 'block') => ({ feature: { key: 'calls' }, used: units, limit, policy }) as unknown as AttentionFacts['summary']['items'][number];

const facts: AttentionFacts = { subscription, summary: { items: [], grants: [] }, unreadAlerts: 0, paying: { owed: [], methods: [] }, hasMethod: true, now };
const kinds = (change: Partial<AttentionFacts>) => attentionOf({ ...facts, ...change }).map(({ kind }) => kind);
const running = (change: Partial<Subscription>) => ({ subscription: { ...subscription, ...change } });

describe('what wants attention', () => {
  it('is nothing where all is well', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ paying: { owed: [], methods: [card(2027, 1)] } })).toEqual([]);
  });

  it('comes by urgency, whatever is found first', () => {
    const found = attentionOf({
      ...facts,
      ...running({ cancelAtPeriodEnd: true }),
      unreadAlerts: 2,
      summary: { items: [used(80n, 100n), used(100n, 100n)], grants: [] },
      paying: { owed: [owed('due'), owed('awaited'), owed('overdue'), owed('failed')], methods: [card(2026, 3)] },
    });
    expect(found.map(({ kind }) => kind)).toEqual([
      'invoices_failed', 'invoices_overdue', 'limit_reached', 'invoices_awaited', 'invoices_due', 'limit_near', 'method_expiring', 'cancellation_scheduled', 'alerts_unread',
    ]);
    expect([...new Set(found.map(urgencyOf))]).toEqual(['urgent', 'soon', 'notice']);
  });

  it('counts a limit as near from 80 % on, reached only where it blocks, and else as passed', () => {
    const one = (...facts: Parameters<typeof used>) => kinds({ summary: { items: [used(...facts)], grants: [] } });
    expect([one(79n, 100n), one(80n, 100n), one(100n, 100n), one(101n, 100n)]).toEqual([[], ['limit_near'], ['limit_reached'], ['limit_reached']]);
    expect([one(100n, 100n, 'overage'), one(101n, 100n, 'overage'), one(101n, 100n, 'warn')]).toEqual([['limit_near'], ['limit_passed'], ['limit_passed']]);
    expect([one(5n, null), one(0n, 0n)]).toEqual([[], []]);
  });

  it('looks at the method that is charged by itself, and at no other', () => {
    const methods = (...stored: PaymentMethod[]) => kinds({ paying: { owed: [], methods: stored } });
    expect(methods(card(2026, 3))).toEqual(['method_expiring']);
    expect(methods(card(2026, 2))).toEqual(['method_expired']);
    expect(methods(card(2026, 2, false))).toEqual([]);
  });

  it('says whether a trial ends without becoming paid', () => {
    const trial = running({ status: 'trialing', trialEndAt: end });
    expect(attentionOf({ ...facts, ...trial, hasMethod: false })).toMatchObject([{ kind: 'trial_ending', lapses: true }]);
    expect(attentionOf({ ...facts, ...trial })).toMatchObject([{ kind: 'trial_ending', lapses: false }]);
    expect(kinds(running({ status: 'trialing', trialEndAt: end, cancelAtPeriodEnd: true }))).toEqual(['cancellation_scheduled']);
  });

  it('tells somebody who sees no invoices that the plan was not paid for', () => {
    expect(kinds({ ...running({ status: 'past_due' }), paying: null })).toEqual(['plan_past_due']);
    expect(kinds({ ...running({ status: 'past_due' }), paying: { owed: [owed('failed')], methods: [] } })).toEqual(['invoices_failed']);
  });

  it('tells of a pause and of an account without a plan', () => {
    expect(kinds(running({ status: 'paused' }))).toEqual(['plan_paused']);
    expect(kinds({ subscription: null })).toEqual(['no_plan']);
  });
});
