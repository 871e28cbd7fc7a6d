import { describe, expect, it } from 'vitest';
import { disputeOf, disputeShape } from './disputes';

const usd = (value: string) => ({ currency_code: 'USD', value });
const told = (change: Record<string, unknown> = {}) =>
  disputeOf(
    disputeShape.parse({
      dispute_id: 'PP-D-1', create_time: '2026-01-31T09:00:00Z', reason: 'UNAUTHORISED', status: 'WAITING_FOR_SELLER_RESPONSE', dispute_life_cycle_stage: 'CHARGEBACK', dispute_amount: usd('29.99'),
      seller_response_due_date: '2026-02-10T09:00:00Z', ...change,
    }),
    'ORDER1',
  );
const resolved = (outcome_code: string, more: Record<string, unknown> = {}) => told({ status: 'RESOLVED', dispute_outcome: { outcome_code, ...more } });

describe('a dispute of PayPal’s', () => {
  it('wants an answer, and holds the money back', () => {
    expect(told()).toEqual({
      reference: 'PP-D-1', charge: 'ORDER1', state: 'needs_response', reason: 'unauthorised', amountMinor: 2999n, currency: 'USD', withdrawnMinor: 2999n, feeMinor: 0n,
      takes: [], respondBy: new Date('2026-02-10T09:00:00Z'), openedAt: new Date('2026-01-31T09:00:00Z'),
    });
  });

  it('takes what its links offer', () => {
    const offers = (...rels: string[]) => told({ links: rels.map((rel) => ({ rel })) }).takes;
    expect(offers('self', 'accept_claim', 'provide_evidence')).toEqual(['accept', 'answer']);
    expect(offers('self', 'appeal')).toEqual(['answer']);
    expect(offers('self', 'send_message', 'escalate')).toEqual([]);
  });

  it('is a warning as long as buyer and seller talk, and takes nothing', () => {
    expect(told({ status: 'OPEN', dispute_life_cycle_stage: 'INQUIRY' })).toMatchObject({ state: 'warning', withdrawnMinor: 0n });
  });

  it.each(['RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER', 'RESOLVED_WITH_PAYOUT'])('is won by %s', (outcome) => {
    expect(resolved(outcome)).toMatchObject({ state: 'won', withdrawnMinor: 0n });
  });

  it('is lost with what was given back', () => {
    expect(resolved('RESOLVED_BUYER_FAVOUR')).toMatchObject({ state: 'lost', withdrawnMinor: 2999n });
    expect(resolved('ACCEPTED', { amount_refunded: usd('10.00') })).toMatchObject({ state: 'lost', withdrawnMinor: 1000n });
  });

  it('takes what PayPal says that it moved, fees apart', () => {
    const movement = (type: string, reason: string, value: string, affected_party = 'SELLER') => ({ affected_party, type, reason, amount: usd(value) });
    const money_movements = [movement('DEBIT', 'DISPUTE_SETTLEMENT', '29.99'), movement('DEBIT', 'DISPUTE_SETTLEMENT_FEE', '20.00'), movement('CREDIT', 'DISPUTE_SETTLEMENT', '9.99'), movement('CREDIT', 'DISPUTE_SETTLEMENT', '20.00', 'BUYER')];
    expect(told({ money_movements })).toMatchObject({ withdrawnMinor: 2000n, feeMinor: 2000n });
  });
});
