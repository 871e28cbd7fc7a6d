import { z } from 'zod';
import { refundCauses, refundDestinations, refundStatuses } from './refund';

export const refundDto = z.object({
  id: z.string(),
  invoiceId: z.string().nullable().describe('Null: of a payment that bought credit.'),
  creditNoteId: z.string().nullable().describe('The credit note that was issued for it; null where earlier ones had given the amount back, and of a surplus.'),
  replacesId: z.string().nullable().describe('The refund that failed and that this one makes again.'),
  to: z.enum(refundDestinations).describe('`method`: back to where the payment came from. `credit`: kept for the customer.'),
  cause: z.enum(refundCauses).describe('`surplus`: it was charged although it was owed no longer. `gateway`: it was made at the payment provider itself.'),
  amountMinor: z.bigint().describe('Minor units of the currency.'),
  currency: z.string(),
  reason: z.string(),
  status: z.enum(refundStatuses).describe('`requested`: the payment provider is being asked. `pending`: it is on its way. One that `succeeded` may still come back from the bank and is `failed` then.'),
  gateway: z.string().nullable(),
  failure: z.string().nullable().describe('Why it did not go through.'),
  requestedAt: z.date(),
  finishedAt: z.date().nullable(),
});
