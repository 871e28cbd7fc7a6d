import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { toJson } from '../catalog/pricing/schema';
import { Exact } from '../money/money';
import type { CustomerDetails, Invoice, InvoiceDraft, InvoiceStatus, SellerDetails, TaxedLine, Totals } from './invoice';
import { settlementOf } from './invoice';
import { invoiceFrom, toColumn, withLines } from './rows';
import { sellerDetails } from './schema';
import type { Tax, TaxRate } from './tax';

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
      name: account.legalName || account.name,
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
      purchaseOrder: account.purchaseOrder,
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

/** Whom the account wants its new invoices sent to. */
export async function readInvoiceEmails(db: Database, accountId: string): Promise<string[]> {
  return (await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { invoiceEmails: true } })).invoiceEmails;
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
  status?: InvoiceStatus;
  /** What was sold, where it begins when it is paid. */
  subscriptionId?: string;
  paidAt?: Date | null;
  voidedAt?: Date;
  uncollectibleAt?: Date;
}

export async function updateInvoice(db: Database, id: string, change: InvoiceChange): Promise<void> {
  await db.invoice.update({ where: { id }, data: change, select: { id: true } });
}

/** An invoice of the account; another account's is null. */
export async function readInvoice(db: Database, accountId: string, id: string): Promise<Invoice | null> {
  const row = await db.invoice.findFirst({ where: { id, accountId }, include: withLines });
  return row && invoiceFrom(row);
}
