import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSpending, available, giveBack, inSpendingOrder, spend, type Grant } from './grant';

const now = new Date('2026-03-01T00:00:00Z');
const day = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

function grant(id: string, leftMinor: bigint, rest: Partial<Grant> = {}): Grant {
  return { id, accountId: 'acc', currency: 'USD', cause: 'operator', amountMinor: leftMinor, leftMinor, priority: 20, expiresAt: null, revokedAt: null, note: '', createdAt: now, ...rest };
}

describe('credit', () => {
  it('is spent by priority, then what expires first, then what is oldest', () => {
    const grants = [
      grant('bought', 1n, { priority: 50 }), grant('young', 1n), grant('old', 1n, { createdAt: day(-3) }),
      grant('soon', 1n, { expiresAt: day(1) }), grant('later', 1n, { expiresAt: day(9) }), grant('first', 1n, { priority: 0 }),
    ];
    expect(inSpendingOrder(grants).map(({ id }) => id)).toEqual(['first', 'soon', 'later', 'old', 'young', 'bought']);
  });

  it('cannot be spent from the moment of its expiry on, nor once it was taken back', () => {
    const grants = [grant('ends now', 10n, { expiresAt: now }), grant('revoked', 10n, { revokedAt: now }), grant('ends soon', 10n, { expiresAt: new Date(now.getTime() + 1) })];
    expect(available(grants, now)).toBe(10n);
    expect(spend(grants, 30n, now)).toMatchObject([{ grant: { id: 'ends soon' }, amountMinor: 10n }]);
  });

  it('goes back to the grant that was spent last first, and to none more than it paid', () => {
    const [one, two] = [grant('one', 5n), grant('two', 5n)];
    const paid = [{ grant: one, amountMinor: 3n }, { grant: two, amountMinor: 5n }];
    expect(giveBack(paid, 6n).map(({ grant: { id }, amountMinor }) => [id, amountMinor])).toEqual([['two', 5n], ['one', 1n]]);
    expect(giveBack(paid, 100n).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(8n);
  });

  it('pays as much as it reaches, never more than was asked for, and what is left is the rest of it', () => {
    const some = fc.array(
      fc.record({ left: fc.bigInt({ min: 0n, max: 10n ** 9n }), priority: fc.integer({ min: 0, max: 100 }), expires: fc.option(fc.integer({ min: -5, max: 5 })), revoked: fc.boolean() }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.bigInt({ min: 0n, max: 10n ** 10n }), (shapes, amount) => {
        const grants = shapes.map(({ left, priority, expires, revoked }, index) =>
          grant(`g${index}`, left, { priority, expiresAt: expires === null ? null : day(expires), revokedAt: revoked ? now : null }));
        const there = available(grants, now);
        const parts = spend(grants, amount, now);
        const paid = parts.reduce((sum, part) => sum + part.amountMinor, 0n);
        expect(paid).toBe(amount < there ? amount : there);
        expect(available(afterSpending(grants, parts), now)).toBe(there - paid);
        for (const { grant: from, amountMinor } of parts) {
          expect(amountMinor > 0n && amountMinor <= from.leftMinor).toBe(true);
          expect(from.expiresAt === null || from.expiresAt > now).toBe(true);
        }
        // Whatever is not the last part was used up: nothing later in the order is spent before it.
        for (const { grant: from, amountMinor } of parts.slice(0, -1)) expect(amountMinor).toBe(from.leftMinor);
      }),
    );
  });
});
