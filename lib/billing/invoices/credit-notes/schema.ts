import { z } from 'zod';
import { localized } from '../../catalog/schema';

const minor = z.bigint().describe('Minor units of the currency.');

export const creditNoteSummaryDto = z.object({
  id: z.string(),
  number: z.string().describe('Gapless within the seller, in a sequence of its own.'),
  invoiceId: z.string(),
  invoiceNumber: z.string(),
  reason: z.string(),
  currency: z.string(),
  netMinor: minor,
  taxMinor: minor,
  totalMinor: minor.describe('Net + tax, in minor units.'),
  refundableMinor: minor.describe('The part that went beyond what was still to pay of the invoice.'),
  returnedCreditMinor: minor.describe('What of that had been paid with prepaid credit and is credit again; the rest is money to give back.'),
  issuedAt: z.date(),
});

export const creditNoteDto = creditNoteSummaryDto.extend({
  lines: z.array(
    z.object({
      position: z.number().int().describe("The line's position on the invoice."),
      description: localized,
      netMinor: minor,
      taxMinor: minor,
      taxPercentage: z.string().nullable().describe('Null where no rate applied.'),
    }),
  ),
});
