import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeForm } from './form';

const plain = (text: string): unknown => JSON.parse(JSON.stringify(decodeForm(text)));

describe('a form with brackets', () => {
  it.each([
    ['a=1&b=two+words', { a: '1', b: 'two words' }],
    ['metadata[order]=7&metadata[note]=', { metadata: { order: '7', note: '' } }],
    ['expand[]=customer&expand[]=latest_charge', { expand: ['customer', 'latest_charge'] }],
    ['expand[1]=b&expand[0]=a', { expand: ['a', 'b'] }],
    ['items[0][price]=p1&items[0][quantity]=2&items[1][price]=p2', { items: [{ price: 'p1', quantity: '2' }, { price: 'p2' }] }],
    ['created[gte]=5&created[lt]=9', { created: { gte: '5', lt: '9' } }],
    ['metadata[a%5Bb]=1', { 'metadata[a[b]': '1' }],
    ['[]=1&x[=2', { '[]': '1', 'x[': '2' }],
    ['a=1&a=2', { a: '2' }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['', {}],
  ])('%s', (text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  it('takes names of prototypes as names', () => {
    const form = decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
    expect(Object.keys(form)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeForm(text)));
  });
});
