import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchMovements } from './match';
import { comparedKinds, type OurMovement, type TheirMovement } from './reconciliation';

const at = new Date('2026-03-01T00:00:00Z');
const their = (change: Partial<TheirMovement> = {}): TheirMovement => ({ kind: 'payment', source: 'ch_1', amountMinor: 1000n, currency: 'USD', occurredAt: at, ...change });
const our = (change: Partial<OurMovement> = {}): OurMovement => ({ ...their(), accountId: 'acc_1', subject: 'att_1', state: 'succeeded', moved: true, ...change });
const problems = (ours: OurMovement[], theirs: TheirMovement[]) => matchMovements(ours, theirs).differences.map(({ problem }) => problem);

describe('two books', () => {
  it('agree on what is the same in both', () => expect(matchMovements([our()], [their()])).toEqual({ matched: 1, differences: [] }));
  it('differ in what one of them lacks', () => {
    expect(problems([], [their()])).toEqual(['missing_here']);
    expect(problems([our()], [])).toEqual(['missing_there']);
  });
  it('differ in the amount, the currency and the state', () => {
    expect(problems([our({ amountMinor: 999n })], [their()])).toEqual(['amount_differs']);
    expect(problems([our({ currency: 'EUR' })], [their()])).toEqual(['amount_differs']);
    expect(problems([our({ moved: false, state: 'processing' })], [their()])).toEqual(['state_differs']);
  });
  it('agree that what was undone there never moved here', () => expect(problems([our({ moved: false, state: 'failed' })], [their({ amountMinor: 0n })])).toEqual([]));
  it('agree that what never moved is in neither', () => expect(problems([our({ moved: false, state: 'canceled' })], [])).toEqual([]));

  const named = fc.record({ kind: fc.constantFrom(...comparedKinds), source: fc.integer({ min: 1, max: 30 }).map((number) => `thing_${number}`), amountMinor: fc.bigInt({ min: 0n, max: 3n }), moved: fc.boolean() });
  const book = fc.uniqueArray(named, { selector: ({ kind, source }) => `${kind} ${source}`, maxLength: 60 });

  it('match each movement once or report it once, however they are shuffled', () => {
    fc.assert(
      fc.property(book, book, fc.infiniteStream(fc.nat()), (ours, theirs, chance) => {
        const shuffled = <T>(list: T[]): T[] => list.map((item) => ({ item, place: chance.next().value })).sort((one, other) => one.place - other.place).map(({ item }) => item);
        const [one, other] = [ours.map((movement) => our(movement)), theirs.map(({ kind, source, amountMinor }) => their({ kind, source, amountMinor }))];
        const inOrder = matchMovements(one, other);
        const mixed = matchMovements(shuffled(one), shuffled(other));
        const keyOf = ({ kind, source }: { kind: string; source: string }) => `${kind} ${source}`;
        const keys = new Set([...one, ...other].map(keyOf));
        const reported = mixed.differences.map(keyOf);
        expect(new Set(reported).size).toBe(reported.length);
        expect(mixed.matched + reported.length).toBe(keys.size);
        expect(reported.every((key) => keys.has(key))).toBe(true);
        expect(new Set(inOrder.differences.map((difference) => `${keyOf(difference)} ${difference.problem}`))).toEqual(new Set(mixed.differences.map((difference) => `${keyOf(difference)} ${difference.problem}`)));
      }),
    );
  });

  it('agree with themselves', () => {
    fc.assert(
      fc.property(book, (ours) => {
        const one = ours.map((movement) => our({ ...movement, moved: movement.amountMinor > 0n }));
        expect(matchMovements(one, one.filter(({ moved }) => moved)).differences).toEqual([]);
      }),
    );
  });
});
