import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '@/lib/core/errors';
import { fraction } from '../../money/money';
import { decideRefund, noteFor, refundedOf, type RefundFacts } from './decide';

const payment = (leftMinor: bigint) => ({ attemptId: 'att_1', gateway: 'scripted', leftMinor, disputedMinor: 0n });
const facts = (change: Partial<RefundFacts> = {}): RefundFacts => ({ status: 'paid', paidMinor: 1000n, creditMinor: 0n, owedBackMinor: 0n, refunds: [], payments: [payment(1000n)], ...change });
const codeOf = (decide: () => unknown): string => {
  try {
    decide();
    return 'decided';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
};

describe('a refund', () => {
  it('gives all back that was paid, with a credit note for it', () => {
    expect(decideRefund(facts(), { to: 'method' })).toMatchObject({ amountMinor: 1000n, noteMinor: 1000n, payment: { attemptId: 'att_1' } });
  });
  it('pays out first what credit notes gave back', () => {
    const credited = facts({ owedBackMinor: 300n });
    expect(decideRefund(credited, { amountMinor: 200n, to: 'method' }).noteMinor).toBe(0n);
    expect(decideRefund(credited, { amountMinor: 500n, to: 'method' }).noteMinor).toBe(200n);
  });
  it('is refused for what is not paid, was given back already or is more than is left', () => {
    expect(codeOf(() => decideRefund(facts({ status: 'open', paidMinor: 0n }), { to: 'method' }))).toBe('not_refundable');
    expect(codeOf(() => decideRefund(facts({ payments: [] }), { to: 'method' }))).toBe('not_refundable');
    expect(codeOf(() => decideRefund(facts(), { amountMinor: 1001n, to: 'method' }))).toBe('refund_exceeds_payment');
    expect(codeOf(() => decideRefund(facts({ refunds: [{ status: 'succeeded', cause: 'seller', amountMinor: 1000n }], payments: [payment(0n)] }), { to: 'credit' }))).toBe('not_refundable');
  });
  it('leaves alone what a dispute holds back, also for credit', () => {
    const disputed = facts({ payments: [{ ...payment(400n), disputedMinor: 600n }] });
    expect(codeOf(() => decideRefund(disputed, { amountMinor: 401n, to: 'credit' }))).toBe('refund_exceeds_payment');
    expect(decideRefund(disputed, { to: 'method' }).amountMinor).toBe(400n);
  });
  it('becomes credit where the invoice was paid in another way', () => {
    expect(decideRefund(facts({ payments: [] }), { to: 'credit' })).toEqual({ amountMinor: 1000n, noteMinor: 1000n, payment: null });
  });

  it('has a note that gives back exactly the money, whatever share of the invoice credit had paid', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 0n, max: 10_000n }), fc.bigInt({ min: 1n, max: 10_000n }), (paidMinor, creditMinor, asked) => {
        const amountMinor = ((asked - 1n) % paidMinor) + 1n;
        const note = noteFor(facts({ paidMinor, creditMinor }), amountMinor);
        expect(note - fraction(creditMinor, note, creditMinor + paidMinor)).toBe(amountMinor);
        expect(note <= paidMinor + creditMinor).toBe(true);
      }),
    );
  });

  it('never gives back more than was paid, nor money without a credit note, whatever is asked in whatever order', () => {
    const wish = fc.record({ amount: fc.bigInt({ min: 1n, max: 800n }), to: fc.constantFrom('method' as const, 'credit' as const), fails: fc.boolean(), noted: fc.bigInt({ min: 0n, max: 200n }) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const refunds: { status: 'succeeded' | 'failed'; cause: 'seller'; amountMinor: bigint; to: string }[] = [];
        let refundableMinor = 0n;
        for (const { amount, to, fails, noted } of wishes) {
          if (refundableMinor + noted <= 1000n) refundableMinor += noted;
          const given = refunds.filter((refund) => refund.to === 'method' && refund.status === 'succeeded').reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          try {
            const decided = decideRefund(facts({ owedBackMinor: refundableMinor, refunds, payments: [payment(1000n - given)] }), { amountMinor: amount, to });
            refundableMinor += decided.noteMinor;
            refunds.push({ status: fails ? 'failed' : 'succeeded', cause: 'seller', amountMinor: decided.amountMinor, to });
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
          expect(refundedOf(refunds) <= 1000n && refundedOf(refunds) <= refundableMinor && refundableMinor <= 1000n).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
