import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { stepsFrom, toJson } from '../catalog/pricing/schema';
import { Exact } from '../money/money';
import type { Period } from '../time/period';
import type {
  CustomerDetails, DraftLine, Invoice, InvoiceDraft, InvoiceLine, InvoiceStatus, InvoiceSummary, SellerDetails, TaxedLine, Totals,
} from './invoice';
import { settlementOf } from './invoice';
import { lineSource, type LineSource } from './line-source';
import { customerDetails, sellerDetails } from './schema';
import type { Tax, TaxRate } from './tax';
import type { ChargedLine } from './unbilled-lines';
import type { UsageCharge } from './usage-charges';

const withLines = { lines: { orderBy: { position: 'asc' } } } satisfies Prisma.InvoiceInclude;
type InvoiceRow = Prisma.InvoiceGetPayload<object>;
type FullRow = Prisma.InvoiceGetPayload<{ include: typeof withLines }>;

/** Who sells and who is billed, as they are now. */
export interface Parties {
  sellerId: string;
  seller: SellerDetails;
  customer: CustomerDetails;
  /** Days: the account's own term, else the seller's. */
  paymentTermDays: number;
  rates: TaxRate[];
}

export async function readParties(db: Database, accountId: string): Promise<Parties | null> {
  const account = await db.account.findUnique({ where: { id: accountId }, include: { seller: { omit: { logo: true } } } });
  if (!account) return null;
  const { seller } = account;
  const rates = await db.taxRate.findMany({ where: { sellerId: seller.id, country: account.country } });
  return {
    sellerId: seller.id,
    seller: sellerDetails.parse(seller),
    customer: {
      name: account.name,
      contactName: account.contactName,
      email: account.contactEmail,
      address: {
        line1: account.addressLine1,
        line2: account.addressLine2,
        city: account.city,
        region: account.region,
        postalCode: account.postalCode,
        country: account.country,
      },
      taxId: account.taxId,
      language: account.language === 'zh' ? 'zh' : 'en',
      timeZone: account.timeZone,
    },
    paymentTermDays: account.paymentTermDays ?? seller.paymentTermDays,
    rates: rates.map((rate) => ({
      country: rate.country,
      region: rate.region,
      name: { en: rate.name, zh: rate.nameZh || rate.name },
      percentage: rate.percentage.toFixed(),
      category: rate.category,
      inclusive: rate.inclusive,
    })),
  };
}

/** Days to pay: the account's own, null where it has none, and the seller's. */
export async function readPaymentTerms(db: Database, accountId: string): Promise<{ account: number | null; seller: number } | null> {
  const row = await db.account.findUnique({ where: { id: accountId }, select: { paymentTermDays: true, seller: { select: { paymentTermDays: true } } } });
  return row && { account: row.paymentTermDays, seller: row.seller.paymentTermDays };
}

export async function writePaymentTerm(db: Database, accountId: string, days: number | null): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { paymentTermDays: days } });
}

/** The logo of the account's seller. */
export async function readLogo(db: Database, accountId: string): Promise<Uint8Array | null> {
  const row = await db.account.findUnique({ where: { id: accountId }, select: { seller: { select: { logo: true } } } });
  return row?.seller.logo ?? null;
}

/** Returns the seller's id. */
export async function writeLogo(db: Database, accountId: string, png: Uint8Array | null): Promise<string> {
  const { sellerId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } });
  await db.seller.update({ where: { id: sellerId }, data: { logo: png && Uint8Array.from(png) } });
  return sellerId;
}

/** Quantities as text: JSON in the database is read back by programs that know no integers beyond 2^53. */
function toColumn(source: LineSource): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]));
}

interface NewDraft {
  draft: InvoiceDraft;
  lines: TaxedLine[];
  totals: Totals;
  tax: Tax;
  parties: Parties;
  issuedAt: Date;
  dueAt: Date;
}

/** Writes the invoice without a number yet. Returns it as it will be read once it has one. */
export async function insertDraft(db: Database, { draft, lines, totals, tax, parties, issuedAt, dueAt }: NewDraft): Promise<Invoice> {
  const invoice = {
    id: newId('inv'), accountId: draft.accountId, subscriptionId: draft.subscriptionId, status: 'draft' as const, reason: draft.reason,
    currency: draft.currency, ...totals, taxTreatment: tax.treatment, pricesIncludeTax: tax.inclusive, issuedAt, dueAt, createdAt: issuedAt,
  };
  const placed = lines.map((line, index) => ({ ...line, id: newId('line'), position: index + 1, unitAmount: new Exact(line.unitAmount).toFixed() }));
  await db.invoice.create({
    data: {
      ...invoice,
      sellerId: parties.sellerId,
      periodStart: draft.period.start,
      periodEnd: draft.period.end,
      sellerDetails: { ...parties.seller },
      customerDetails: { ...parties.customer, address: { ...parties.customer.address } },
    },
    select: { id: true },
  });
  await db.invoiceLine.createMany({
    data: placed.map((line) => ({
      id: line.id,
      invoiceId: invoice.id,
      position: line.position,
      kind: line.kind,
      descriptionEn: line.description.en,
      descriptionZh: line.description.zh,
      featureKey: line.featureKey ?? null,
      quantity: line.quantity,
      unitAmount: line.unitAmount,
      amountMinor: line.amountMinor,
      netMinor: line.netMinor,
      taxMinor: line.taxMinor,
      taxPercentage: line.taxPercentage,
      taxCategory: line.taxCategory ?? '',
      priceId: line.priceId ?? null,
      ...(line.working && { working: toJson(line.working) }),
      periodStart: line.period?.start ?? null,
      periodEnd: line.period?.end ?? null,
      ...(line.madeFrom && { madeFrom: toColumn(line.madeFrom) }),
    })),
  });
  return {
    ...invoice, number: null, period: draft.period, paidAt: null, voidedAt: null, uncollectibleAt: null,
    ...settlementOf({ ...invoice, creditedMinor: 0n, refundableMinor: 0n }),
    seller: parties.seller, customer: parties.customer, lines: placed,
  };
}

/**
 * Gives the invoice the seller's next number and its state. Locks the seller's row until the transaction ends, which undoes
 * it when the transaction is undone: so this comes last, in one statement.
 */
export async function numberInvoice(db: Database, { id, sellerId, status, paidAt }: { id: string; sellerId: string; status: 'open' | 'paid'; paidAt: Date | null }): Promise<string> {
  const [row] = await db.$queryRaw<{ number: string }[]>`
    WITH taken AS (
      UPDATE seller SET next_invoice_number = next_invoice_number + 1 WHERE id = ${sellerId} RETURNING next_invoice_number - 1 AS number, invoice_prefix AS prefix
    )
    UPDATE invoice SET number = prefix || '-' || CASE WHEN taken.number < 1000000 THEN lpad(taken.number::text, 6, '0') ELSE taken.number::text END,
      status = ${status}::invoice_status, paid_at = ${paidAt}
    FROM taken WHERE invoice.id = ${id} RETURNING invoice.number`;
  if (!row) throw new Error(`The invoice ${id} could not be numbered.`);
  return row.number;
}

interface InvoiceChange {
  status: InvoiceStatus;
  paidAt?: Date | null;
  voidedAt?: Date;
  uncollectibleAt?: Date;
}

export async function updateInvoice(db: Database, id: string, change: InvoiceChange): Promise<void> {
  await db.invoice.update({ where: { id }, data: change, select: { id: true } });
}

function summaryFrom(row: InvoiceRow): InvoiceSummary {
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

function draftLineFrom(line: FullRow['lines'][number]): DraftLine {
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

function lineFrom(row: FullRow['lines'][number]): InvoiceLine {
  const { id, position, netMinor, taxMinor, taxPercentage } = row;
  return { id, position, ...draftLineFrom(row), netMinor, taxMinor, taxPercentage: taxPercentage?.toFixed() ?? null };
}

function invoiceFrom(row: FullRow): Invoice {
  return {
    ...summaryFrom(row),
    taxTreatment: row.taxTreatment,
    pricesIncludeTax: row.pricesIncludeTax,
    seller: sellerDetails.parse(row.sellerDetails),
    customer: customerDetails.parse(row.customerDetails),
    lines: row.lines.map(lineFrom),
  };
}

/** An invoice of the account; another account's is null. */
export async function readInvoice(db: Database, accountId: string, id: string): Promise<Invoice | null> {
  const row = await db.invoice.findFirst({ where: { id, accountId }, include: withLines });
  return row && invoiceFrom(row);
}

/** Which invoices of an account: of one state, or those that were due before a moment and are still open. */
export interface InvoiceFilter {
  accountId: string;
  status?: InvoiceStatus;
  dueBefore?: Date;
  issuedFrom?: Date;
  issuedBefore?: Date;
}

function whereOf({ accountId, status, dueBefore, issuedFrom, issuedBefore }: InvoiceFilter): Prisma.InvoiceWhereInput {
  const issued = { ...(issuedFrom && { gte: issuedFrom }), ...(issuedBefore && { lt: issuedBefore }) };
  return {
    accountId,
    ...(status && { status }),
    ...(dueBefore && { status: 'open', dueAt: { lt: dueBefore } }),
    ...((issuedFrom ?? issuedBefore) && { issuedAt: issued }),
  };
}

/** How many invoices the account has in each state that it has any in. The cost does not grow with their number. */
export async function countByStatus(db: Database, accountId: string): Promise<Partial<Record<InvoiceStatus, number>>> {
  const tallies = await db.invoiceTally.findMany({ where: { accountId, invoices: { gt: 0 } } });
  return Object.fromEntries(tallies.map((tally) => [tally.status, Number(tally.invoices)]));
}

/** How many invoices the filter by state lets through. */
export async function countInvoices(db: Database, filter: Pick<InvoiceFilter, 'accountId' | 'status' | 'dueBefore'>): Promise<number> {
  if (filter.dueBefore) return db.invoice.count({ where: whereOf(filter) });
  const counts = await countByStatus(db, filter.accountId);
  return filter.status ? (counts[filter.status] ?? 0) : Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Some of the account's invoices, newest first. */
export async function readInvoices(db: Database, filter: InvoiceFilter, range: { skip: number; take: number }): Promise<InvoiceSummary[]> {
  const rows = await db.invoice.findMany({ where: whereOf(filter), orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], ...range });
  return rows.map(summaryFrom);
}

/** What is still to pay of the open invoices of the account, summed by currency. */
export async function readOpenAmount(
  db: Database,
  accountId: string,
): Promise<{ count: number; amounts: { currency: string; minor: bigint }[]; dueAt: Date | null }> {
  const sums = await db.invoice.groupBy({
    by: ['currency'],
    where: { accountId, status: 'open' },
    orderBy: { currency: 'asc' },
    _count: true,
    _sum: { totalMinor: true, creditedMinor: true, refundableMinor: true },
    _min: { dueAt: true },
  });
  const dueDates = sums.flatMap((sum) => (sum._min.dueAt ? [sum._min.dueAt] : []));
  return {
    count: sums.reduce((count, sum) => count + sum._count, 0),
    amounts: sums.map(({ currency, _sum: { totalMinor, creditedMinor, refundableMinor } }) => ({ currency, minor: (totalMinor ?? 0n) - (creditedMinor ?? 0n) + (refundableMinor ?? 0n) })),
    dueAt: dueDates.sort((one, other) => one.getTime() - other.getTime())[0] ?? null,
  };
}

/** The lines that the subscription's invoices, void ones too, hold for times that begin in the period; what was taken back of usage counts against them. */
export async function readChargedLines(db: Database, subscriptionId: string, period: Period): Promise<ChargedLine[]> {
  const rows = await db.invoiceLine.findMany({
    where: { invoice: { subscriptionId }, periodStart: { gte: period.start, lt: period.end } },
    include: { invoice: { select: { status: true } }, usageCredits: true },
    orderBy: [{ invoice: { createdAt: 'asc' } }, { position: 'asc' }],
  });
  return rows.flatMap(({ invoice, usageCredits, ...row }) => {
    const line = { ...draftLineFrom(row), invoiceStatus: invoice.status };
    return [line, ...usageCredits.map(({ quantity, amountMinor }) => ({ ...line, quantity: -quantity, amountMinor: -amountMinor }))];
  });
}

/** The lines by which the usage of one feature in one quota period was charged, oldest first, those of void invoices too. */
export async function readUsageCharges(
  db: Database,
  { accountId, currency, featureKey, periodStart }: { accountId: string; currency: string; featureKey: string; periodStart: Date },
): Promise<UsageCharge[]> {
  const rows = await db.invoiceLine.findMany({
    where: { invoice: { accountId, currency }, kind: 'usage', featureKey, periodStart },
    include: { invoice: { select: { id: true, status: true } }, usageCredits: true },
    orderBy: [{ invoice: { createdAt: 'asc' } }, { position: 'asc' }],
  });
  return rows.map(({ invoice, usageCredits, ...row }) => ({
    invoiceId: invoice.id,
    invoiceStatus: invoice.status,
    line: lineFrom(row),
    takenBack: {
      quantity: usageCredits.reduce((sum, { quantity }) => sum + quantity, 0n),
      amountMinor: usageCredits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    },
  }));
}

/** Whether an invoice that is not void has charged the account for the setup of the plan. */
export async function hasPaidSetup(db: Database, accountId: string, planId: string): Promise<boolean> {
  const prices = await db.price.findMany({ where: { planVersion: { planId }, setupFeeMinor: { gt: 0 } }, select: { id: true } });
  const line = await db.invoiceLine.findFirst({
    where: { kind: 'setup_fee', priceId: { in: prices.map(({ id }) => id) }, invoice: { accountId, status: { not: 'void' } } },
    select: { id: true },
  });
  return line !== null;
}

/** The issued invoices of the subscription that are not void and bill time after the moment, newest first. */
export async function readStandingInvoices(db: Database, subscriptionId: string, after: Date): Promise<Invoice[]> {
  const rows = await db.invoice.findMany({
    where: { subscriptionId, status: { in: ['open', 'paid', 'uncollectible'] }, lines: { some: { periodEnd: { gt: after } } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: withLines,
  });
  return rows.map(invoiceFrom);
}

export async function readLastPaidId(db: Database, accountId: string): Promise<string | null> {
  const invoice = await db.invoice.findFirst({ where: { accountId, status: 'paid' }, orderBy: [{ paidAt: 'desc' }, { id: 'desc' }], select: { id: true } });
  return invoice?.id ?? null;
}
