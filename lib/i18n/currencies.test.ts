import { expect, it } from 'vitest';
import { minorUnitDigits } from '@/lib/billing/money/currencies';
import { minorDigits } from './currencies';

it('shows as many decimals as the engine keeps, in every currency', () => {
  for (const currency of Intl.supportedValuesOf('currency')) expect([currency, minorDigits(currency)]).toEqual([currency, minorUnitDigits(currency)]);
});
