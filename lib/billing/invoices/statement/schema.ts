import { z } from 'zod';
import { customerDetails, sellerDetails } from '../schema';
import { entryKinds } from './statement';

const minor = z.bigint().describe('Minor units of the currency.');

export const statementDto = z.object({
  currency: z.string(),
  from: z.string(),
  to: z.string(),
  openingMinor: minor.describe("What was owed before the first day; below zero: in the customer's favour."),
  invoicedMinor: minor,
  creditedMinor: minor.describe('Credit notes and invoices declared void.'),
  paidMinor: minor,
  closingMinor: minor.describe('Opening + invoiced − credited − paid.'),
  entries: z.array(
    z.object({
      at: z.date(),
      kind: z.enum(entryKinds),
      number: z.string(),
      amountMinor: minor.describe('Above zero is owed, below is taken off.'),
      balanceMinor: minor.describe('What was owed after it.'),
    }),
  ),
  seller: sellerDetails,
  customer: customerDetails,
  issuedAt: z.date(),
});
