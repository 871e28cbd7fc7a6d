import { z } from 'zod';
import { addressDto } from '@/lib/core/address';
import { stepDto } from '../catalog/pricing/schema';
import { localized } from '../catalog/schema';
import { prorationUnits } from '../subscriptions/proration';
import { invoiceReasons, invoiceStatuses, lineKinds } from './invoice';

/** The JSON columns of an invoice, read back. */
export const sellerDetails = z.object({
  name: z.string(),
  legalName: z.string(),
  addressLines: z.array(z.string()),
  country: z.string(),
  taxId: z.string(),
  email: z.string(),
});

export const customerDetails = z.object({
  name: z.string(),
  contactName: z.string(),
  email: z.string(),
  address: addressDto,
  taxId: z.string(),
  // Invoices of earlier days were issued without one.
  purchaseOrder: z.string().default(''),
  language: z.enum(['en', 'zh']),
  timeZone: z.string(),
});

const periodDto = z.object({ start: z.date(), end: z.date().describe('Exclusive.') });
const minor = z.bigint().describe('Minor units of the currency.');

export const invoiceSummaryDto = z.object({
  id: z.string(),
  number: z.string().nullable().describe('Gapless within the seller. Null for a draft.'),
  status: z.enum(invoiceStatuses),
  reason: z.enum(invoiceReasons),
  subscriptionId: z.string().nullable(),
  currency: z.string(),
  period: periodDto,
  subtotalMinor: minor,
  taxMinor: minor,
  creditMinor: minor.describe('What prepaid credit paid of it.'),
  totalMinor: minor.describe('Subtotal + tax − credit, in minor units.'),
  creditedMinor: minor.describe('What credit notes took back, with its tax.'),
  refundableMinor: minor.describe('The part of it that went beyond what was still to pay: money to give back, or credit again where credit had paid it.'),
  dueMinor: minor.describe('Still to pay: 0 unless open or uncollectible.'),
  paidMinor: minor.describe('What was paid: 0 unless paid.'),
  issuedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  paidAt: z.date().nullable(),
  voidedAt: z.date().nullable(),
  uncollectibleAt: z.date().nullable().describe('When the seller gave it up. It is still owed.'),
});

/** One line as the API answers it. */
const lineDto = z.object({
  id: z.string(),
  position: z.number().int(),
  kind: z.enum(lineKinds),
  description: localized,
  featureKey: z.string().optional(),
  quantity: z.bigint(),
  unitAmount: z.string().describe('Exact price of one unit in major units.'),
  amountMinor: minor.describe('As priced: with tax where prices include it.'),
  netMinor: minor.describe('Without tax.'),
  taxMinor: minor.describe("The line's share of the tax lines; 0 for tax and credit lines themselves."),
  taxPercentage: z.string().nullable().describe('Null where no rate applies.'),
  period: periodDto.optional(),
  priceId: z.string().optional().describe('The price by which it was charged, where it is kept.'),
  working: z.array(stepDto).optional().describe('The way to the amount, where it takes more than quantity × unit amount: tier by tier.'),
});

export const invoiceDto = invoiceSummaryDto.extend({
  lines: z.array(lineDto),
  taxTreatment: z.enum(['standard', 'reverse_charge', 'none']),
  pricesIncludeTax: z.boolean().describe('Whether unit prices and amounts of lines hold their tax already.'),
  seller: sellerDetails,
  customer: customerDetails,
});

const price = {
  planKey: z.string(),
  planVersion: z.number().int(),
  planVersionId: z.string(),
  priceId: z.string(),
  priceMinor: minor.describe('What the price is for a whole period.'),
};

export const lineExplanationDto = z.object({
  line: lineDto,
  currency: z.string(),
  steps: z.array(localized).describe('The arithmetic, a sentence a step.'),
  madeFrom: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('plan_fee'), ...price }),
      z.object({
        kind: z.literal('proration'),
        ...price,
        direction: z.enum(['unused', 'remaining']),
        unit: z.enum(prorationUnits).describe('By what the rest of the period was counted.'),
        left: z.bigint().describe('How many of them were still to come.'),
        whole: z.bigint().describe('How many the whole period has.'),
      }),
      z.object({
        kind: z.literal('usage'),
        planKey: z.string(),
        planVersion: z.number().int(),
        planVersionId: z.string(),
        featureKey: z.string(),
        counterId: z.number().int().describe("Of the quota period's running total."),
        limit: z.bigint().describe('The limit that counted.'),
        used: z.bigint().describe('The use of the whole quota period when the line was made.'),
      }),
    ])
    .nullable()
    .describe('The price version, limit and use that the amount was made from; null for lines that say it all themselves.'),
  feature: z.object({ key: z.string(), name: localized }).nullable(),
  usageFrom: z.string().nullable().describe("First calendar day of the use in the account's time zone, to look it up with."),
  usageTo: z.string().nullable(),
});
