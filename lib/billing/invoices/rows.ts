import type { Prisma } from '@/lib/core/database';
import { stepsFrom } from '../catalog/pricing/schema';
import type { DraftLine, Invoice, InvoiceLine, InvoiceSummary } from './invoice';
import { settlementOf } from './invoice';
import { lineSource, type LineSource } from './line-source';
import { customerDetails, sellerDetails } from './schema';

/** What is read with an invoice for its lines to be there. */
export const withLines = { lines: { orderBy: { position: 'asc' } } } satisfies Prisma.InvoiceInclude;

export type InvoiceRow = Prisma.InvoiceGetPayload<object>;
export type FullRow = Prisma.InvoiceGetPayload<{ include: typeof withLines }>;

/** Quantities as text: JSON in the database is read back by programs that know no integers beyond 2^53. */
export function toColumn(source: LineSource): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]));
}

/** The invoice without its lines. */
export function summaryFrom(row: InvoiceRow): InvoiceSummary {
  return {
    id: row.id,
    accountId: row.accountId,
    subscriptionId: row.subscriptionId,
    number: row.number,
    status: row.status,
    reason: row.reason,
    currency: row.currency,
    period: { start: row.periodStart, end: row.periodEnd },
    subtotalMinor: row.subtotalMinor,
    taxMinor: row.taxMinor,
    creditMinor: row.creditMinor,
    totalMinor: row.totalMinor,
    ...settlementOf(row),
    issuedAt: row.issuedAt,
    dueAt: row.dueAt,
    paidAt: row.paidAt,
    voidedAt: row.voidedAt,
    uncollectibleAt: row.uncollectibleAt,
    createdAt: row.createdAt,
  };
}

/** The line as it was before its tax was worked out. */
export function draftLineFrom(line: FullRow['lines'][number]): DraftLine {
  return {
    kind: line.kind,
    description: { en: line.descriptionEn, zh: line.descriptionZh },
    ...(line.featureKey !== null && { featureKey: line.featureKey }),
    quantity: line.quantity,
    unitAmount: line.unitAmount.toFixed(),
    amountMinor: line.amountMinor,
    ...(line.taxCategory !== '' && { taxCategory: line.taxCategory }),
    ...(line.priceId !== null && { priceId: line.priceId }),
    ...(line.working !== null && { working: stepsFrom(line.working) }),
    ...(line.periodStart && line.periodEnd && { period: { start: line.periodStart, end: line.periodEnd } }),
    ...(line.madeFrom !== null && { madeFrom: lineSource.parse(line.madeFrom) }),
  };
}

export function lineFrom(row: FullRow['lines'][number]): InvoiceLine {
  const { id, position, netMinor, taxMinor, taxPercentage } = row;
  return { id, position, ...draftLineFrom(row), netMinor, taxMinor, taxPercentage: taxPercentage?.toFixed() ?? null };
}

export function invoiceFrom(row: FullRow): Invoice {
  return {
    ...summaryFrom(row),
    taxTreatment: row.taxTreatment,
    pricesIncludeTax: row.pricesIncludeTax,
    seller: sellerDetails.parse(row.sellerDetails),
    customer: customerDetails.parse(row.customerDetails),
    lines: row.lines.map(lineFrom),
  };
}
