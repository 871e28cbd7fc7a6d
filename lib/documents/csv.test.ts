import { expect, it } from 'vitest';
import { toCsv } from './csv';

const text = (rows: Parameters<typeof toCsv>[0]) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(toCsv(rows));

it('quotes what would break a row and keeps every digit', () => {
  expect(text([['name', 'amount'], ['a "b", c\nd', 2n ** 63n], [null, '-12.5']])).toBe('\ufeffname,amount\r\n"a ""b"", c\nd",9223372036854775808\r\n,-12.5\r\n');
});

it('keeps a spreadsheet from running what somebody typed', () => {
  expect(text([['=1+1', '+1', '-cmd', '@x', '-5']])).toBe("\ufeff'=1+1,'+1,'-cmd,'@x,-5\r\n");
});
