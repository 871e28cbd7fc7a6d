import { z } from 'zod';
import { dayInput, lineInput } from '@/lib/core/input';
import { isCurrency } from '../../money/currencies';

const amountInput = z
  .string()
  .regex(/^\d{1,18}(\.\d{1,12})?$/, 'Use a decimal number of major units with at most 12 decimal places, such as "0.0000025".');

export const newModelPriceInput = z.strictObject({
  model: lineInput.describe('As usage names it.'),
  currency: z.string().refine(isCurrency, 'Use the three letters of an ISO 4217 currency, such as USD.'),
  inputAmount: amountInput.describe('Exact price of one input token, in major units.'),
  outputAmount: amountInput.describe('Exact price of one output token, in major units.'),
  effectiveFrom: dayInput.optional().describe('The first calendar day of the price; today in UTC unless said.'),
});

export const modelPriceDto = z.object({
  model: z.string(),
  currency: z.string(),
  effectiveFrom: z.string().describe('The first calendar day of the price, in each account’s time zone.'),
  inputAmount: z.string().describe('Exact price of one input token, in major units.'),
  outputAmount: z.string().describe('Exact price of one output token, in major units.'),
});
