import { describe, expect, it } from 'vitest';
import { refundOf } from './refunds';
import { refundObject } from './testing/objects';

describe('a refund of Stripe’s', () => {
  it('carries our name and the payment intent', () => {
    expect(refundOf(refundObject())).toEqual({ reference: 're_1', refundId: 'ref_1', charge: 'pi_1', outcome: 'succeeded', amountMinor: 500n, currency: 'USD' });
  });

  it('that somebody made at Stripe has no name of ours', () => {
    expect(refundOf(refundObject({ metadata: {} })).refundId).toBeNull();
  });

  it.each([
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
  ])('that is %s is %s to us', (status, outcome) => {
    expect(refundOf(refundObject({ status }))).toMatchObject({ outcome });
  });
});
