import { z } from 'zod';
import { instantInput, quantityInput } from '@/lib/core/input';
import { isCurrency } from '../money/currencies';
import { countInput } from '../quota/schema';
import { grantCauses, isOver, type Grant } from './grant';
import { movementKinds } from './movement';
import { topUpCauses, topUpStatuses } from './top-ups/top-up';

const minor = z.bigint().describe('Minor units of the currency.');

export const grantDto = z.object({
  id: z.string(),
  currency: z.string(),
  cause: z.enum(grantCauses).describe('`welcome` and `operator` were given away, `purchase` was bought, `refund` stands in place of money back.'),
  amountMinor: minor,
  leftMinor: minor.describe('What can still be spent of it; 0 once it is over. Below zero: it was spent before its payment was given back.'),
  priority: z.number().int().describe('0 to 100: the lowest is spent first, then what expires first, then what is oldest.'),
  expiresAt: z.date().nullable().describe('From then on it cannot be spent. Null: it does not expire.'),
  revokedAt: z.date().nullable(),
  note: z.string(),
  createdAt: z.date(),
});

/** A grant as the API answers it at the moment. */
export function grantView(grant: Grant, now: Date): z.input<typeof grantDto> {
  return isOver(grant, now) ? { ...grant, leftMinor: 0n } : grant;
}

export const creditBalanceDto = z.object({
  currency: z.string(),
  availableMinor: minor,
  owedMinor: minor.describe('Credit that was spent before its payment was given back. The next credit settles it first.'),
  nextExpiry: z.object({ at: z.date(), amountMinor: minor }).nullable().describe('What ends first, and when.'),
  grants: z.array(grantDto).describe('What can be spent, in the order in which it is.'),
});

export const creditDto = z.object({
  balances: z.array(creditBalanceDto).describe("The account's own currency first, then others where there is any."),
  topUp: z.object({ currency: z.string(), minimumMinor: minor, maximumMinor: minor }).describe('How much can be bought at once.'),
});

export const movementDto = z.object({
  id: z.string(),
  kind: z.enum(movementKinds),
  amountMinor: minor.describe('Above zero there is more.'),
  balanceMinor: minor.describe('What was left in all after it.'),
  occurredAt: z.date(),
  grantId: z.string(),
  cause: z.enum(grantCauses).describe('Of the grant.'),
  note: z.string().describe('Of the grant.'),
  invoiceId: z.string().nullable().describe('What it paid, or what gave it back.'),
  invoiceNumber: z.string().nullable(),
  creditNoteId: z.string().nullable(),
  creditNoteNumber: z.string().nullable(),
});

export const topUpDto = z.object({
  id: z.string(),
  amountMinor: minor,
  currency: z.string(),
  cause: z.enum(topUpCauses),
  status: z.enum(topUpStatuses).describe('Credit is there once it is `completed`.'),
  failureCode: z.string().nullable(),
  invoiceId: z.string().nullable().describe('The receipt.'),
  grantId: z.string().nullable().describe('The credit that it became.'),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});

export const currencyInput = z.string().refine(isCurrency, 'Use an ISO 4217 code, such as USD.');

export const automaticTopUpInput = z.strictObject({
  enabled: z.boolean(),
  thresholdMinor: countInput.describe('Credit is bought when less than this is left, in minor units.'),
  amountMinor: quantityInput.describe('How much is bought at once.'),
  monthlyCeilingMinor: quantityInput.describe('The most that is bought by itself in one calendar month of the account.'),
});

export const automaticTopUpDto = z.object({
  enabled: z.boolean(),
  currency: z.string(),
  thresholdMinor: minor,
  amountMinor: minor,
  monthlyCeilingMinor: minor,
  pausedAt: z.date().nullable().describe('Since a payment failed: nothing is bought until the settings are saved again.'),
  failureCode: z.string().nullable().describe('Why that payment failed.'),
});

export const givenCreditInput = z.strictObject({
  amountMinor: quantityInput.describe('In minor units.'),
  currency: currencyInput.optional().describe("The account's own unless said."),
  priority: z.int().min(0).max(100).optional().describe('20 unless said: the lowest is spent first.'),
  expiresAt: instantInput.nullable().optional().describe('It does not expire unless said.'),
  note: z.string().trim().max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use one line of text without control characters.').default(''),
});

export const welcomePolicyDto = z.object({ amounts: z.record(z.string(), minor).describe('Minor units by currency; accounts of another currency get none.') });
export const welcomePolicyInput = z.strictObject({
  amounts: z.record(currencyInput, quantityInput).describe('Minor units by currency. Empty: no welcome credit.'),
});
