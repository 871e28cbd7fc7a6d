import { expect, it } from 'vitest';
import { billingAddress, billingQuery } from './address';

it('reads the state and the page from the address, and takes what is wrong as unsaid', () => {
  expect(billingQuery.parse({ status: 'paid', page: '3' })).toEqual({ status: 'paid', page: 3 });
  expect(billingQuery.parse({ number: ' DEMO-7 ' })).toEqual({ number: 'DEMO-7', page: 1 });
  expect(billingQuery.parse({ number: ' ' })).toEqual({ page: 1 });
  expect(billingQuery.parse({ number: 'D\u0000' })).toEqual({ page: 1 });
  expect(billingQuery.parse({})).toEqual({ page: 1 });
  for (const page of ['0', '-1', '1.5', 'x', '99999999999']) expect(billingQuery.parse({ status: 'lost', page })).toEqual({ page: 1 });
  expect(billingQuery.parse({ status: ['paid', 'open'] })).toEqual({ page: 1 });
});

it('writes the address without what is usual', () => {
  expect(billingAddress({})).toBe('/billing');
  expect(billingAddress({ status: 'open', page: 1 })).toBe('/billing?status=open');
  expect(billingAddress({ status: 'open', number: '42', page: 1 })).toBe('/billing?status=open&number=42');
  expect(billingAddress({ status: 'open', page: 2 })).toBe('/billing?status=open&page=2');
});
