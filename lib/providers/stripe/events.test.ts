import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { EventNotAuthentic } from '@/lib/billing/payments/gateway/failures';
import { readEvent, subjectOf } from './events';

const stripe = new Stripe('sk_test_demo');
const secret = 'whsec_demo';
const now = new Date('2026-01-01T00:00:00Z');
const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: 1_767_225_590, data: { object: { id: 'pi_1', object: 'payment_intent' } } });

function deliver(change: { secret?: string; age?: number; body?: string; signature?: string | undefined } = {}) {
  const signed = stripe.webhooks.generateTestHeaderString({ payload, secret: change.secret ?? secret, timestamp: now.getTime() / 1000 - (change.age ?? 10) });
  const signature = 'signature' in change ? change.signature : signed;
  return () => readEvent(stripe, secret, { body: Buffer.from(change.body ?? payload), headers: { 'stripe-signature': signature }, now });
}

describe('a notice of Stripe’s', () => {
  it('is read when Stripe signed it', () => {
    expect(deliver()()).toEqual({ id: 'evt_1', type: 'payment_intent.succeeded', subject: { kind: 'charge', reference: 'pi_1' }, occurredAt: new Date('2025-12-31T23:59:50Z') });
  });

  it.each([
    ['signed with another secret', { secret: 'whsec_other' }],
    ['changed on the way', { body: payload.replace('pi_1', 'pi_2') }],
    ['without a signature', { signature: undefined }],
    ['with a signature that is none', { signature: 'v1=demo' }],
    ['six minutes old', { age: 360 }],
  ])('is not believed %s', (_, change) => {
    expect(deliver(change)).toThrow(EventNotAuthentic);
  });

  it('is believed for five minutes by our clock', () => {
    expect(deliver({ age: 300 })).not.toThrow();
  });

  it.each([
    ['payment_intent.payment_failed', { id: 'pi_1' }, { kind: 'charge', reference: 'pi_1' }],
    ['charge.refunded', { id: 'ch_1', payment_intent: 'pi_1' }, { kind: 'charge', reference: 'pi_1' }],
    ['charge.succeeded', { id: 'ch_1', payment_intent: null }, null],
    ['charge.dispute.closed', { id: 'du_1', payment_intent: 'pi_1' }, { kind: 'dispute', reference: 'du_1' }],
    ['charge.refund.updated', { id: 're_1' }, { kind: 'refund', reference: 're_1' }],
    ['refund.failed', { id: 're_1' }, { kind: 'refund', reference: 're_1' }],
    ['setup_intent.succeeded', { id: 'seti_1' }, { kind: 'setup', reference: 'seti_1' }],
    ['payment_method.detached', { id: 'pm_1' }, { kind: 'method', reference: 'pm_1' }],
    ['checkout.session.async_payment_failed', { id: 'cs_1' }, { kind: 'checkout', reference: 'cs_1' }],
    ['customer.subscription.updated', { id: 'sub_1' }, { kind: 'subscription', reference: 'sub_1' }],
    ['invoice.paid', { id: 'in_1', parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1' } } }, { kind: 'subscription', reference: 'sub_1' }],
    ['invoice.paid', { id: 'in_1', parent: null }, null],
    ['customer.updated', { id: 'cus_1' }, null],
    ['product.created', { id: 'prod_1' }, null],
  ] as const)('of the type %s about %o is about %o', (type, object, subject) => {
    expect(subjectOf({ type, data: { object } })).toEqual(subject);
  });
});
