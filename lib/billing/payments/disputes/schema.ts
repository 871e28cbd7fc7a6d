import { z } from 'zod';
import { disputeLosses, disputeStates } from './dispute';

const minor = z.bigint();

export const lossInput = z.strictObject({ loss: z.enum(disputeLosses).describe('`write_off`: the invoice stays paid and the seller bears the loss. `reopen`: the invoice is owed again.') });

export const lossDto = z.object({ loss: z.enum(disputeLosses) });

export const disputeDto = z.object({
  id: z.string(),
  invoiceId: z.string().nullable().describe('Null: the payment bought credit.'),
  gateway: z.string(),
  reference: z.string().describe("The payment provider's own name of it, by which it is answered there."),
  state: z.enum(disputeStates).describe('`warning`: the bank asks, and nothing is held back.'),
  reason: z.string().describe("The payment provider's word for why, such as `fraudulent`."),
  amountMinor: minor.describe('Minor units of the currency.'),
  currency: z.string(),
  withdrawnMinor: minor.describe('What is held back or lost at the moment.'),
  feeMinor: minor.describe('What it costs besides.'),
  respondBy: z.date().nullable().describe('Until then the payment provider takes an answer.'),
  loss: z.enum(disputeLosses).nullable().describe('What became of the loss; null while it is not lost.'),
  openedAt: z.date(),
  closedAt: z.date().nullable(),
});
