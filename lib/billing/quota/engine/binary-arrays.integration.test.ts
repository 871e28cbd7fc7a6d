import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/testing/database';
import { bigints, integers, uuids } from './binary-arrays';

useTestDatabase();
let client: Client;
beforeAll(async () => {
  client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
});
afterAll(() => client.end());

/** The elements as PostgreSQL has read them. */
async function elementsOf(type: string, array: Buffer): Promise<(string | null)[]> {
  const { rows } = await client.query<{ elements: (string | null)[] }>(`SELECT array(SELECT e::text FROM unnest($1::${type}[]) WITH ORDINALITY u(e, place) ORDER BY place) AS elements`, [array]);
  return rows[0]?.elements ?? [];
}

const list = <Value>(element: fc.Arbitrary<Value>) => fc.array(fc.option(element), { minLength: 1, maxLength: 40 });

describe('arrays in binary form', () => {
  it.each([
    ['bigint', bigints, list(fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.maxSafeInteger(), fc.constantFrom(2 ** 32, -(2 ** 32), 2 ** 31, -1, 2n ** 63n - 1n)))],
    ['integer', integers, list(fc.integer())],
    ['uuid', uuids, list(fc.uuid())],
  ] as const)('are read by PostgreSQL as what was written: %s', async (type, write, lists) => {
    await fc.assert(
      fc.asyncProperty(lists as fc.Arbitrary<unknown[]>, async (values) => {
        const written = (write as (values: readonly unknown[]) => Buffer)(values);
        expect(await elementsOf(type, written)).toEqual(values.map((value) => (value === null ? null : String(value))));
      }),
    );
  });

  it.each([
    ['a bigint past 2^63 - 1', () => bigints([2n ** 63n])],
    ['a bigint below -2^63', () => bigints([-(2n ** 63n) - 1n])],
    ['a number that is not safe', () => bigints([2 ** 53])],
    ['a fraction', () => bigints([1.5])],
    ['an integer past 2^31 - 1', () => integers([2 ** 31])],
    ['no number', () => integers([NaN])],
    ['a UUID in upper case', () => uuids(['0B19F404-64BC-88D5-ADCB-F4DE03B76C1A'])],
    ['a UUID that is too short', () => uuids(['0b19f404-64bc-88d5-adcb-f4de03b76c1'])],
  ])('refuse %s, which they would write as something else', (_, write) => {
    expect(write).toThrow(RangeError);
  });
});
