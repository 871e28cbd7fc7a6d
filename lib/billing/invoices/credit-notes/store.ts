import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { InvoiceLine } from '../invoice';
import type { CreditedLine, CreditNote, CreditNoteSummary } from './credit-note';

const withInvoice = { invoice: { select: { number: true } } } satisfies Prisma.CreditNoteInclude;
const withLines = {
  ...withInvoice,
  lines: { include: { invoiceLine: true }, orderBy: { invoiceLine: { position: 'asc' } } },
} satisfies Prisma.CreditNoteInclude;
type SummaryRow = Prisma.CreditNoteGetPayload<{ include: typeof withInvoice }>;
type FullRow = Prisma.CreditNoteGetPayload<{ include: typeof withLines }>;

function summaryFrom(row: SummaryRow): CreditNoteSummary {
  return {
    id: row.id,
    number: row.number,
    invoiceId: row.invoiceId,
    invoiceNumber: row.invoice.number ?? '',
    reason: row.reason,
    currency: row.currency,
    netMinor: row.netMinor,
    taxMinor: row.taxMinor,
    totalMinor: row.totalMinor,
    refundableMinor: row.refundableMinor,
    returnedCreditMinor: row.returnedCreditMinor,
    issuedAt: row.issuedAt,
  };
}

function noteFrom(row: FullRow): CreditNote {
  return {
    ...summaryFrom(row),
    lines: row.lines.map(({ invoiceLine, netMinor, taxMinor }) => ({
      position: invoiceLine.position,
      description: { en: invoiceLine.descriptionEn, zh: invoiceLine.descriptionZh },
      netMinor,
      taxMinor,
      taxPercentage: invoiceLine.taxPercentage?.toFixed() ?? null,
    })),
  };
}

/** What the credit notes of an invoice took back of its lines, an entry for each line of each note. */
export async function readCredited(db: Database, invoiceId: string): Promise<CreditedLine[]> {
  const rows = await db.creditNoteLine.findMany({ where: { creditNote: { invoiceId } }, include: { invoiceLine: { select: { position: true } } } });
  return rows.map(({ invoiceLine, netMinor, taxMinor }) => ({ position: invoiceLine.position, netMinor, taxMinor }));
}

export interface NewCreditNote {
  accountId: string;
  invoice: { id: string; currency: string; lines: readonly InvoiceLine[] };
  reason: string;
  lines: readonly CreditedLine[];
  refundableMinor: bigint;
  returnedCreditMinor: bigint;
  issuedAt: Date;
}

/**
 * Writes the note, adds it to what was credited of the invoice, and takes the seller's next number of credit notes:
 * the seller's row is locked until the transaction ends, which leaves no gap when it is undone. Returns the note's id.
 */
export async function insertCreditNote(db: Database, { accountId, invoice, reason, lines, refundableMinor, returnedCreditMinor, issuedAt }: NewCreditNote): Promise<string> {
  const id = newId('cn');
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const totalMinor = netMinor + taxMinor;
  const { sellerId } = await db.invoice.update({
    where: { id: invoice.id },
    data: { creditedMinor: { increment: totalMinor }, refundableMinor: { increment: refundableMinor } },
    select: { sellerId: true },
  });
  const seller = await db.seller.update({
    where: { id: sellerId },
    data: { nextCreditNoteNumber: { increment: 1 } },
    select: { nextCreditNoteNumber: true, invoicePrefix: true },
  });
  const number = `${seller.invoicePrefix}-CN-${(seller.nextCreditNoteNumber - 1n).toString().padStart(6, '0')}`;
  await db.creditNote.create({
    data: { id, sellerId, accountId, invoiceId: invoice.id, number, reason, currency: invoice.currency, netMinor, taxMinor, totalMinor, refundableMinor, returnedCreditMinor, issuedAt },
  });
  const lineIds = new Map(invoice.lines.map((line) => [line.position, line.id]));
  await db.creditNoteLine.createMany({
    data: lines.map((line) => ({ creditNoteId: id, invoiceLineId: lineIds.get(line.position) ?? '', netMinor: line.netMinor, taxMinor: line.taxMinor })),
  });
  return id;
}

/** Notes that a credit note took usage back which turned out to be less than was charged. */
export async function insertUsageCredit(db: Database, credit: { creditNoteId: string; invoiceLineId: string; quantity: bigint; amountMinor: bigint; createdAt: Date }): Promise<void> {
  await db.usageCredit.create({ data: credit });
}

/** A credit note of the account; another account's is null. */
export async function readCreditNote(db: Database, accountId: string, id: string): Promise<CreditNote | null> {
  const row = await db.creditNote.findFirst({ where: { id, accountId }, include: withLines });
  return row && noteFrom(row);
}

/** Some of the account's credit notes, of one invoice or of all, newest first, and how many there are. */
export async function readCreditNotes(
  db: Database,
  { accountId, invoiceId }: { accountId: string; invoiceId?: string | undefined },
  range: { skip: number; take: number },
): Promise<{ items: CreditNoteSummary[]; total: number }> {
  const where = { accountId, ...(invoiceId !== undefined && { invoiceId }) };
  const rows = await db.creditNote.findMany({ where, include: withInvoice, orderBy: [{ issuedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(summaryFrom), total: await db.creditNote.count({ where }) };
}
