import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayDispute } from '../gateway';
import { withNews, type Dispute } from './dispute';

const at = new Date('2026-03-01T00:00:00Z');
const news: GatewayDispute = { reference: 'dp_1', charge: 'ch_1', state: 'needs_response', reason: 'fraudulent', amountMinor: 1000n, currency: 'USD', withdrawnMinor: 1000n, feeMinor: 1500n, respondBy: null, openedAt: at };
const fresh: Dispute = {
  id: 'dsp_1', accountId: 'acc_1', attemptId: 'att_1', invoiceId: 'inv_1', gateway: 'scripted', reference: 'dp_1', state: 'warning', reason: 'fraudulent', amountMinor: 1000n, currency: 'USD',
  withdrawnMinor: 0n, returnedMinor: 0n, feeMinor: 0n, respondBy: null, loss: null, openedAt: at, createdAt: at, closedAt: null,
};

describe('news of a dispute', () => {
  it('hold the money back, and give it back when it is won', () => {
    const opened = withNews(fresh, news, at)!;
    expect(opened).toMatchObject({ state: 'needs_response', withdrawnMinor: 1000n, returnedMinor: 0n, feeMinor: 1500n, closedAt: null });
    expect(withNews(opened, { ...news, state: 'won', withdrawnMinor: 0n }, at)).toMatchObject({ state: 'won', withdrawnMinor: 0n, returnedMinor: 1000n, closedAt: at });
  });
  it('that were read before what is known change nothing', () => {
    const lost = withNews(withNews(fresh, news, at)!, { ...news, state: 'lost' }, at)!;
    expect(withNews(lost, news, at)).toBeNull();
    expect(withNews(lost, { ...news, state: 'lost' }, at)).toBeNull();
  });
  it('end the same in whatever order and however often they are read', () => {
    const told: GatewayDispute[] = [
      { ...news, state: 'warning', withdrawnMinor: 0n, feeMinor: 0n }, { ...news, withdrawnMinor: 0n, feeMinor: 0n }, news, { ...news, state: 'under_review' }, { ...news, state: 'won', withdrawnMinor: 0n },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: 0 }), fc.shuffledSubarray(told, { minLength: 0 }), (early, late) => {
        const end = [...early, told.at(-1)!, ...late].reduce((dispute, next) => withNews(dispute, next, at) ?? dispute, fresh);
        expect(end).toMatchObject({ state: 'won', withdrawnMinor: 0n });
        expect(end.returnedMinor === 0n || end.returnedMinor === 1000n).toBe(true);
      }),
    );
  });
});
