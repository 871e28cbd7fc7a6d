import { z } from 'zod';
import { dayInput } from '@/lib/core/input';
import { disputeActions } from '../gateway/disputes';
import { disputeLosses, disputeStates } from './dispute';
import { responseStatuses } from './responses/response';

const minor = z.bigint();

export const lossInput = z.strictObject({ loss: z.enum(disputeLosses).describe('`write_off`: the invoice stays paid and the seller bears the loss. `reopen`: the invoice is owed again.') });

export const lossDto = z.object({ loss: z.enum(disputeLosses) });

const line = (longest: number) => z.string().trim().max(longest).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use one line of text without control characters.');
/** Line breaks and tabs are text; other control characters are not, and PostgreSQL cannot keep some of them. */
const prose = (longest: number) => z.string().trim().max(longest).regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'Use text without control characters.');

export const answerInput = z.strictObject({
  story: prose(20_000).min(1).describe('What happened and why the payment was right, in your own words. Some payment providers take fewer letters: then payload.issues says how many.'),
  product: line(500).default('').describe('What was sold.'),
  refundPolicy: prose(2_000).default('').describe('What you promise about refunds, and where the customer could read it.'),
  customerName: line(200).optional().describe("The name on the invoice unless said."),
  customerEmail: z.email().max(200).optional().describe("The address on the invoice unless said."),
  servedFrom: dayInput.optional().describe('First day that was served; that of the invoice unless said.'),
  servedTo: dayInput.optional().describe('Last day that was served; that of the invoice unless said.'),
  withInvoice: z.boolean().default(true).describe('Whether the invoice or receipt goes with it, as PDF.'),
  withActivityLog: z.boolean().default(true).describe('Whether the log of recorded use goes with it, as PDF.'),
});
export type AnswerInput = z.output<typeof answerInput>;

const responseDto = z.object({
  kind: z.enum(disputeActions),
  status: z.enum(responseStatuses).describe('`requested`: the payment provider has not answered yet, and is asked again. `refused`: it would not take it.'),
  failure: z.string().nullable(),
  requestedAt: z.date(),
  finishedAt: z.date().nullable(),
});

export const disputeDto = z.object({
  id: z.string(),
  invoiceId: z.string().nullable().describe('Null: the payment bought credit.'),
  gateway: z.string(),
  reference: z.string().describe("The payment provider's own name of it."),
  state: z.enum(disputeStates).describe('`warning`: the bank asks, and nothing is held back.'),
  reason: z.string().describe("The payment provider's word for why, such as `fraudulent`."),
  amountMinor: minor.describe('Minor units of the currency.'),
  currency: z.string(),
  withdrawnMinor: minor.describe('What is held back or lost at the moment.'),
  feeMinor: minor.describe('What it costs besides.'),
  respondBy: z.date().nullable().describe('Until then the payment provider takes an answer.'),
  takes: z.array(z.enum(disputeActions)).describe('What the payment provider takes of you now: an answer with evidence, or that you accept it. Empty where it wants nothing.'),
  response: responseDto.nullable().describe('What you said to it last.'),
  loss: z.enum(disputeLosses).nullable().describe('What became of the loss. It is kept while an appeal is under way, and null once the dispute is won.'),
  openedAt: z.date(),
  closedAt: z.date().nullable(),
});
