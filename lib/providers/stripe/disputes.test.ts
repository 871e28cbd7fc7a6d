import { describe, expect, it } from 'vitest';
import { disputeOf } from './disputes';
import { balanceTransaction, disputeObject } from './testing/objects';

const withdrawal = balanceTransaction({ amount: -2999, fee: 1500, reporting_category: 'dispute' });
const reinstatement = balanceTransaction({ amount: 2999, fee: 0, reporting_category: 'dispute_reversal' });

describe('a dispute of Stripe’s', () => {
  it('holds the amount back and costs a fee', () => {
    expect(disputeOf(disputeObject({ balance_transactions: [withdrawal] }))).toEqual({
      reference: 'du_1', charge: 'pi_1', state: 'needs_response', reason: 'fraudulent', amountMinor: 2999n, currency: 'USD', withdrawnMinor: 2999n, feeMinor: 1500n,
      takes: ['answer', 'accept'], respondBy: new Date('2026-01-08T00:00:00Z'), openedAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it('that was won gives the amount back, though not the fee', () => {
    expect(disputeOf(disputeObject({ status: 'won', balance_transactions: [withdrawal, reinstatement] }))).toMatchObject({ state: 'won', withdrawnMinor: 0n, feeMinor: 1500n });
  });

  it.each([
    ['needs_response', false, ['answer', 'accept']],
    ['needs_response', true, ['accept']],
    ['warning_needs_response', false, ['answer']],
    ['appeal_needs_response', false, ['answer']],
    ['under_review', false, []],
    ['won', false, []],
  ] as const)('that is %s (late: %s) takes %j', (status, past_due, takes) => {
    const { evidence_details } = disputeObject();
    expect(disputeOf(disputeObject({ status, evidence_details: { ...evidence_details, past_due } })).takes).toEqual(takes);
  });

  it.each([
    ['warning_needs_response', 'warning'],
    ['warning_closed', 'won'],
    ['under_review', 'under_review'],
    ['lost', 'lost'],
  ])('that is %s is %s to us', (status, state) => {
    expect(disputeOf(disputeObject({ status }))).toMatchObject({ state, withdrawnMinor: 0n });
  });
});
