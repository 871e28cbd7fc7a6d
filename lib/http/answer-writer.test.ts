import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writerOf } from './answer-writer';
import { toJson } from './json';

const line = z.object({ name: z.string().describe('What it is.'), amountMinor: z.bigint(), at: z.date().nullable() });
const answer = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'seat']),
  live: z.boolean(),
  share: z.number().optional(),
  lines: z.array(line),
  first: line.nullable(),
  prices: z.record(z.string(), z.number()),
  either: z.union([z.literal('none'), z.object({ plan: z.string() })]),
  places: z.number().default(2),
});

const text = fc.string({ unit: 'binary' });
const anyLine = fc.record({ name: text, amountMinor: fc.bigInt(), at: fc.option(fc.date({ noInvalidDate: true })) });
const anyAnswer = fc.record({
  id: text,
  kind: fc.constantFrom('plan', 'seat'),
  live: fc.boolean(),
  share: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  lines: fc.array(anyLine),
  first: fc.option(anyLine),
  prices: fc.dictionary(text.filter((name) => name !== '__proto__'), fc.integer()),
  either: fc.oneof(fc.constant('none'), fc.record({ plan: text })),
  places: fc.constant(2),
});

describe('an answer', () => {
  it('is written as its schema would check and give it back', () => {
    fc.assert(
      fc.property(anyAnswer, (value) => {
        expect(writerOf(answer)(value)).toBe(toJson(answer.parse(value)));
      }),
    );
  });

  it('says nothing that its schema does not name', () => {
    const row = { name: 'Seat', amountMinor: 5n, at: null, secretHash: 'hidden' };
    const written = writerOf(z.object({ lines: z.array(line), either: z.union([line, z.null()]) }))({ lines: [row], either: row, note: 'hidden' });
    expect(written).toBe('{"lines":[{"name":"Seat","amountMinor":5,"at":null}],"either":{"name":"Seat","amountMinor":5,"at":null}}');
  });
});
