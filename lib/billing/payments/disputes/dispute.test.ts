import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayDispute } from '../gateway/disputes';
import { lostOf, withNews, type Dispute } from './dispute';

const at = new Date('2026-03-01T00:00:00Z');
const later = (minutes: number): { askedAt: Date; now: Date } => ({ askedAt: new Date(at.getTime() + minutes * 60_000), now: at });
const news: GatewayDispute = {
  reference: 'dp_1', charge: 'ch_1', state: 'needs_response', reason: 'fraudulent', amountMinor: 1000n, currency: 'USD', withdrawnMinor: 1000n, feeMinor: 1500n, respondBy: at, takes: ['answer', 'accept'],
  openedAt: at,
};
const fresh: Dispute = {
  id: 'dsp_1', accountId: 'acc_1', attemptId: 'att_1', invoiceId: 'inv_1', gateway: 'scripted', reference: 'dp_1', state: 'warning', reason: 'fraudulent', amountMinor: 1000n, currency: 'USD',
  withdrawnMinor: 0n, returnedMinor: 0n, feeMinor: 0n, respondBy: null, takes: [], loss: null, openedAt: at, createdAt: at, closedAt: null, toldAt: null, revision: 0,
};
const won: GatewayDispute = { ...news, state: 'won', withdrawnMinor: 0n, takes: [] };
const lost: GatewayDispute = { ...news, state: 'lost', takes: [] };

describe('news of a dispute', () => {
  it('hold the money back, and give it back when it is won', () => {
    const opened = withNews(fresh, news, later(0))!;
    expect(opened).toMatchObject({ state: 'needs_response', withdrawnMinor: 1000n, returnedMinor: 0n, feeMinor: 1500n, takes: ['answer', 'accept'], closedAt: null, revision: 1 });
    expect(withNews(opened, won, later(1))).toMatchObject({ state: 'won', withdrawnMinor: 0n, returnedMinor: 1000n, takes: [], closedAt: at });
  });

  it('change nothing where they say what is known', () => {
    const opened = withNews(fresh, news, later(0))!;
    expect(withNews(opened, news, later(1))).toEqual({ ...opened, toldAt: later(1).askedAt });
    expect(withNews(withNews(opened, news, later(2))!, won, later(1))).toBeNull();
  });

  it('may say that what was decided is decided otherwise', () => {
    const first = withNews(fresh, lost, later(0))!;
    const appealed = withNews({ ...first, loss: 'write_off' }, { ...news, state: 'under_review', takes: [] }, later(1))!;
    expect(lostOf(appealed)).toBe(1000n);
    expect(appealed).toMatchObject({ state: 'under_review', withdrawnMinor: 1000n, closedAt: null });
    expect(withNews(appealed, won, later(2))).toMatchObject({ state: 'won', withdrawnMinor: 0n, returnedMinor: 1000n });
    expect(withNews(withNews(fresh, won, later(0))!, lost, later(1))).toMatchObject({ state: 'lost', withdrawnMinor: 1000n, returnedMinor: 0n });
  });

  it('end as the gateway said last, in whatever order and however often they are recorded', () => {
    const told: GatewayDispute[] = [{ ...news, state: 'warning', withdrawnMinor: 0n, feeMinor: 0n, takes: [] }, news, { ...news, state: 'under_review', takes: [] }, lost, won, lost];
    const asked = told.map((one, minute) => ({ one, minute }));
    fc.assert(
      fc.property(fc.shuffledSubarray(asked), fc.shuffledSubarray(asked), (early, late) => {
        const end = [...early, asked.at(-1)!, ...late].reduce((dispute, { one, minute }) => withNews(dispute, one, later(minute)) ?? dispute, fresh);
        expect(end).toMatchObject({ state: 'lost', withdrawnMinor: 1000n });
      }),
    );
  });
});
