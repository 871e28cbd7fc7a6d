import { expect, it } from 'vitest';
import { isWithin, presetsOf } from './presets';

const limits = (least: string, most: string, currency: string) => ({ least: { minor: least, currency }, most: { minor: most, currency } });

it('offers round amounts that can be bought', () => {
  expect(presetsOf(limits('500', '1000000', 'USD'))).toEqual(['1000', '2500', '10000']);
  expect(presetsOf(limits('3000', '7000000', 'CNY'))).toEqual(['6000', '15000', '60000']);
  expect(presetsOf(limits('500', '1500000', 'JPY'))).toEqual(['1000', '2500', '10000']);
  expect(presetsOf(limits('500', '3000', 'EUR'))).toEqual(['1000', '2500']);
});

it('takes the limits themselves, and nothing beyond', () => {
  const some = limits('500', '1000', 'USD');
  expect(['499', '500', '1000', '1001'].map((minor) => isWithin(minor, some))).toEqual([false, true, true, false]);
});
