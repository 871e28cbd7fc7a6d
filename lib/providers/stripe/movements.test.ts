import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { movementOf } from './movements';
import { balanceTransaction, disputeObject, refundObject } from './testing/objects';

const charge = { id: 'ch_1', object: 'charge', amount: 2999, currency: 'usd', payment_intent: 'pi_1' } as Stripe.Charge;

describe('movements in Stripe’s books', () => {
  it('name a charge by its payment intent', () => {
    expect(movementOf(balanceTransaction({ source: charge }))).toEqual({
      reference: 'txn_1', kind: 'payment', source: 'pi_1', amountMinor: 2999n, feeMinor: 117n, currency: 'USD', occurredAt: new Date('2026-01-01T00:00:00Z'), charge: 'pi_1',
    });
  });

  it('name refunds and disputes by themselves, and the charge they belong to', () => {
    const refund = movementOf(balanceTransaction({ amount: -500, fee: 0, reporting_category: 'refund', type: 'refund', source: refundObject() }));
    expect(refund).toMatchObject({ kind: 'refund', source: 're_1', amountMinor: -500n, charge: 'pi_1' });
    const dispute = movementOf(balanceTransaction({ amount: -2999, fee: 1500, reporting_category: 'dispute', type: 'adjustment', source: disputeObject() }));
    expect(dispute).toMatchObject({ kind: 'dispute', source: 'du_1', amountMinor: -2999n, feeMinor: 1500n, charge: 'pi_1' });
  });

  it.each([
    ['charge_failure', 'payment'],
    ['refund_failure', 'refund_failure'],
    ['dispute_reversal', 'dispute_reversal'],
    ['fee', 'fee'],
    ['payout', 'payout'],
    ['climate_order_purchase', 'other'],
  ])('of the category %s are %s', (reporting_category, kind) => {
    expect(movementOf(balanceTransaction({ reporting_category }))).toMatchObject({ kind, source: 'txn_1', charge: null });
  });

  it('compare with our books where the account settles in another currency', () => {
    const settled = balanceTransaction({ amount: 3230, fee: 124, currency: 'usd', exchange_rate: 1.077, source: { ...charge, currency: 'eur' } });
    expect(movementOf(settled)).toMatchObject({ amountMinor: 2999n, currency: 'EUR', feeMinor: 124n, feeCurrency: 'USD' });
  });
});
