import fc from 'fast-check';
import { parse, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { parseJson, toJson } from './json';

/** The same text with a long number beside it, which takes the way that keeps every digit. */
const besideLongNumber = (text: string): unknown => (parseJson(`[${text},12345678901234567890]`) as unknown[])[0];
const codeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('parseJson', () => {
  it('keeps every digit of an integer beyond 2^53, and reads other numbers as numbers', () => {
    expect(parseJson('{"a":9007199254740993,"b":-9223372036854775808,"c":123456789012345,"d":0.1234567890123456789,"e":1e3}')).toEqual({
      a: 9007199254740993n, b: -9223372036854775808n, c: 123456789012345, d: 0.12345678901234568, e: 1000,
    });
  });

  it('reads any JSON as JSON.parse does, long numbers beside it or not', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as unknown;
        expect(besideLongNumber(text)).toEqual(besideLongNumber(JSON.stringify(value)));
        if (!/\d{16}/.test(text)) {
          expect(parseJson(text)).toEqual(value);
          expect(besideLongNumber(text)).toEqual(value);
        }
      }),
    );
  });

  it.each(['', '{', '[1,]', '{"a":01}', "{'a':1}", 'NaN', '{"a":1}x', '"\u0007"', 'undefined'])('refuses %j either way', (text) => {
    expect(codeOf(() => parseJson(text))).toBe('malformed_body');
    expect(codeOf(() => besideLongNumber(text))).toBe('malformed_body');
  });

  it('takes the last of two members with one name either way, and no member for the prototype', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(besideLongNumber('{"a":1,"a":2}')).toEqual({ a: 2 });
    for (const read of [parseJson, besideLongNumber]) expect(Object.getPrototypeOf(read('{"__proto__":{"polluted":true}}'))).toBe(Object.prototype);
  });
});

describe('toJson', () => {
  const data = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.bigInt(), fc.boolean(), fc.constant(null), fc.constant(undefined),
      fc.date({ noInvalidDate: true }), fc.array(tie('value')), fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
    ),
  })).value;

  it('writes what lossless-json writes', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(parse(toJson(value))).toEqual(parse(stringify(value) ?? 'null'));
      }),
    );
  });

  it('writes what JSON.stringify writes where there is no bigint', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(toJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('writes bigints as integers and dates as ISO 8601, and leaves out what is undefined', () => {
    expect(toJson({ big: 2n ** 63n, at: new Date(0), none: undefined, list: [undefined, 1n], text: '"\\\u2028\ud800' })).toBe(
      '{"big":9223372036854775808,"at":"1970-01-01T00:00:00.000Z","list":[null,1],"text":"\\"\\\\\u2028\\ud800"}',
    );
  });
});
