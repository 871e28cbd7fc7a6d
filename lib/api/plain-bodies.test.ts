import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlain } from '@/lib/core/plain-input';
import { consumeQuotaContract } from './quota';
import { recordUsageContract } from './usage';
import { largestBatch } from './usage-input';

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  fc.constantFrom('', ' ', 'a'.repeat(100), 'a'.repeat(101), 'b'.repeat(200), 'b'.repeat(201), '额度', 'line\nbreak', '\ud800', 'tab\t', '\u007f', '"quoted\\"'),
);
const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 599 }) },
  fc.constantFrom<unknown>(0, -0, -1, 0.5, 99, 600, 2_147_483_647, 2_147_483_648, 2 ** 53 - 1, 2 ** 53, 1e300, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, '12', '-3', '1e3', true),
);
const moment = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace(/\.\d+/, '')),
  fc.tuple(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 25 }), fc.integer({ min: 57, max: 61 }))
    .map((parts) => '2024-M-DTh:s:sZ'.replace(/[MDhs]/g, (part) => String(parts['MDhs'.indexOf(part)]).padStart(2, '0'))),
  fc.constantFrom('2026-02-29T00:00:00Z', '2024-02-29T00:00:00.123456789Z', '2026-11-21T20:55:00+02:00', '2026-11-21T20:55Z', '2026-11-21', 'yesterday', '0000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'),
);
const odd = fc.constantFrom<unknown>(null, undefined, {}, [], 'x', 7);
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> => fc.oneof({ weight: 30, arbitrary }, odd);
const optional = { requiredKeys: ['feature'] as ['feature'] };
const piece = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record(
      {
        feature: mostly(text), quantity: mostly(number), idempotencyKey: mostly(text), model: mostly(text), inputTokens: mostly(number), outputTokens: mostly(number),
        statusCode: mostly(fc.oneof(fc.integer({ min: 100, max: 599 }), number)), latencyMs: mostly(number), costCentre: mostly(text),
      },
      optional,
    ),
  },
  { weight: 4, arbitrary: fc.record({ feature: text, occurredAt: moment }) },
  fc.record({ feature: text, '__proto__': fc.constant(1), unknown: text }),
  fc.constantFrom<unknown>({}, { quantity: 1 }, null, 'text', 3, [], [{ feature: 'a' }]),
);
const batch = fc.oneof(
  { weight: 10, arbitrary: fc.record({ events: fc.array(piece, { maxLength: 4 }) }) },
  piece,
  fc.constantFrom<unknown>({ events: [] }, { events: {} }, { events: [{ feature: 'a' }], more: 1 }, { events: Array(largestBatch + 1).fill({ feature: 'a' }) }),
);

describe.each([
  ['a consumption', consumeQuotaContract.body, piece],
  ['usage by the batch', recordUsageContract.body, batch],
])('the quick way to read the body of %s', (_, schema, bodies) => {
  it('reads what the schema reads, and leaves all that it refuses in doubt and as it was', () => {
    let read = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        if (!schema) return;
        const told = schema.safeParse(structuredClone(body));
        const sent = structuredClone(body);
        const plain = readPlain(schema, sent);
        if (plain === undefined) expect(sent).toEqual(body);
        else {
          read += 1;
          expect(told).toEqual({ success: true, data: plain });
        }
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it('is the way of what callers mostly send', () => {
    const event = { feature: 'tokens', quantity: 500, idempotencyKey: 'call-1', model: 'demo-small', inputTokens: 400, outputTokens: 100, statusCode: 200, latencyMs: 12, costCentre: 'research' };
    const sent = schema === consumeQuotaContract.body ? event : { events: [event, { ...event, occurredAt: '2026-11-21T20:55:00.000Z' }, { feature: 'api_calls', idempotencyKey: 'call-2' }] };
    expect(schema && readPlain(schema, sent)).toBeDefined();
  });
});

it('leaves a batch of which one event is in doubt to the schema as it was sent', () => {
  const moment = '2026-11-21T20:55:00Z';
  const batch = { events: [{ feature: 'tokens', quantity: 5, occurredAt: moment, idempotencyKey: 'a' }, { feature: 'tokens', model: '通义千问', idempotencyKey: 'b' }] };
  const schema = recordUsageContract.body;
  expect(schema && (readPlain(schema, batch) ?? schema.parse(batch))).toMatchObject([{ quantity: 5n, occurredAt: new Date(moment) }, { model: '通义千问' }]);
});
