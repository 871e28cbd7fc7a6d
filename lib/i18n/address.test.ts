import { expect, it } from 'vitest';
import { addressLines } from './address';

const empty = { line1: '', line2: '', city: '', region: '', postalCode: '', country: 'DE' };

it('writes an address in the way of its country, and the country in the language of the reader', () => {
  expect(addressLines({ ...empty, line1: 'Demostraße 1', postalCode: '10115', city: 'Berlin' }, 'zh')).toEqual(['Demostraße 1', '10115 Berlin', '德国']);
  expect(addressLines({ ...empty, line1: '1 Demo Street', city: 'Demo City', region: 'NY', postalCode: '10001', country: 'US' }, 'en')).toEqual([
    '1 Demo Street', 'Demo City, NY 10001', 'United States',
  ]);
});

it('leaves out what is not known', () => {
  expect(addressLines(empty, 'en')).toEqual(['Germany']);
});
