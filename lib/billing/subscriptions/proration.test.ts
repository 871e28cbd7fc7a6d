import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prorate } from './proration';

const second = 1000;
const march = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-04-01T00:00:00Z') };
const after = (period: { start: Date }, seconds: number) => new Date(period.start.getTime() + seconds * second);

const amounts = fc.bigInt({ min: 0n, max: 10n ** 18n });
const periods = fc
  .record({ start: fc.integer({ min: 0, max: 4_000_000_000 }), seconds: fc.integer({ min: 1, max: 400 * 86_400 }) })
  .map(({ start, seconds }) => ({ seconds, start: new Date(start * second), end: new Date((start + seconds) * second) }));

describe('prorate', () => {
  it.each([
    ['nothing used at the start', '2026-03-01T00:00:00Z', 0n, 3100n],
    ['a day of 31', '2026-03-02T00:00:00Z', 100n, 3000n],
    ['half of it', '2026-03-16T12:00:00Z', 1550n, 1550n],
    ['a second that has only begun is not used', '2026-03-01T00:00:00.999Z', 0n, 3100n],
    ['nothing left at the end', '2026-04-01T00:00:00Z', 3100n, 0n],
    ['nothing left after it', '2026-05-01T00:00:00Z', 3100n, 0n],
    ['nothing used before it', '2026-02-01T00:00:00Z', 0n, 3100n],
  ])('%s', (_, at, used, unused) => {
    expect(prorate(3100n, march, new Date(at))).toEqual({ used, unused });
  });

  it('loses and makes nothing: the shares sum to the amount, and neither is below zero', () => {
    fc.assert(
      fc.property(amounts, periods, fc.double({ min: -0.5, max: 1.5, noNaN: true }), (amount, period, share) => {
        const { used, unused } = prorate(amount, period, after(period, Math.floor(period.seconds * share)));
        expect(used + unused).toBe(amount);
        expect(used >= 0n && unused >= 0n).toBe(true);
      }),
    );
  });

  it('leaves less the later it is', () => {
    fc.assert(
      fc.property(amounts, periods, fc.nat(), fc.nat(), (amount, period, one, other) => {
        const [early = 0, late = 0] = [one % period.seconds, other % period.seconds].sort((a, b) => a - b);
        expect(prorate(amount, period, after(period, early)).unused >= prorate(amount, period, after(period, late)).unused).toBe(true);
      }),
    );
  });

  it('is right to half a minor unit', () => {
    fc.assert(
      fc.property(amounts, periods, fc.nat(), (amount, period, seconds) => {
        const elapsed = seconds % period.seconds;
        const { unused } = prorate(amount, period, after(period, elapsed));
        const exact = amount * BigInt(period.seconds - elapsed);
        const error = unused * BigInt(period.seconds) - exact;
        expect((error < 0n ? -error : error) * 2n <= BigInt(period.seconds)).toBe(true);
      }),
    );
  });

  it('of an upgrade and its reverse cancels out, and is the share of the difference to at most one minor unit', () => {
    fc.assert(
      fc.property(amounts, amounts, periods, fc.nat(), (before, wanted, period, seconds) => {
        const at = after(period, seconds % period.seconds);
        const rest = (amount: bigint) => prorate(amount, period, at).unused;
        const there = rest(wanted) - rest(before);
        const back = rest(before) - rest(wanted);
        expect(there + back).toBe(0n);
        const off = there - rest(wanted - before);
        expect(off >= -1n && off <= 1n).toBe(true);
      }),
    );
  });

  it('sums to the whole when a period is sold in pieces, one plan after another', () => {
    fc.assert(
      fc.property(amounts, periods, fc.array(fc.nat(), { maxLength: 8 }), (amount, period, cuts) => {
        const moments = [0, ...cuts.map((cut) => cut % period.seconds).sort((a, b) => a - b), period.seconds].map((cut) => after(period, cut));
        const pieces = moments.slice(1).map((end, index) => {
          const start = moments[index] ?? period.start;
          return prorate(amount, period, start).unused - prorate(amount, period, end).unused;
        });
        expect(pieces.reduce((sum, piece) => sum + piece, 0n)).toBe(amount);
      }),
    );
  });
});
