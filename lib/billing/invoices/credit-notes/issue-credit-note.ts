import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { creditIn, returnCredit, takeBackSold } from '../../credits/pay-with-credit';
import { creditNoteIssued } from '../../ledger/bookings';
import { post } from '../../ledger/post';
import { fraction } from '../../money/money';
import { sellsCredit, type Invoice } from '../invoice';
import { applyMove } from '../move-invoice';
import { readInvoice } from '../store';
import type { CreditedLine, CreditNote, WantedCredit } from './credit-note';
import { creditable, decideCredit } from './decide-credit';
import * as store from './store';

export interface NewCredit {
  invoiceId: string;
  /** Why; it stands on the note. */
  reason: string;
  wanted: WantedCredit;
  /** Whether credit that was spent is taken back too, because its money is gone already. */
  overdraw?: boolean;
}

/**
 * Takes back an issued invoice or a part of it, with the tax that was charged on it. What is still to pay becomes less;
 * what goes beyond that, of a paid invoice all of it, is given back (`refundableMinor`): as credit to the share that credit
 * had paid, else in money. An unpaid invoice of which nothing is left to pay is settled with it. Of a receipt for prepaid
 * credit no more is taken back than is left of the credit, unless it may be overdrawn.
 * Throws `not_found`, `not_creditable`, `credit_exceeds_invoice` and `invalid_request`.
 */
export function issueCreditNote(context: Context, { invoiceId, reason, wanted, overdraw = false }: NewCredit): Promise<CreditNote> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const invoice = found(await readInvoice(transaction, context.accountId, invoiceId), 'invoice');
    if (invoice.status === 'draft' || invoice.status === 'void') throw new DomainError('not_creditable');

    const lines = decideCredit(creditable(invoice.lines, await store.readCredited(transaction, invoiceId)), wanted);
    const totalMinor = lines.reduce((sum, line) => sum + line.netMinor + line.taxMinor, 0n);
    const lowered = totalMinor < invoice.dueMinor ? totalMinor : invoice.dueMinor;
    const issuedAt = context.clock.now();

    if (invoice.dueMinor > 0n && lowered === invoice.dueMinor) {
      await applyMove(context, invoice, { action: 'invoice.settled_by_credit', status: 'paid', paidAt: issuedAt });
    }
    const refundableMinor = totalMinor - lowered;
    const returnedCreditMinor = await creditShare(transaction, invoice, refundableMinor);
    const id = await store.insertCreditNote(transaction, { accountId: context.accountId, invoice, reason, lines, refundableMinor, returnedCreditMinor, issuedAt });
    await book(transaction, context, invoice, { id, lines, loweredMinor: lowered, returnedCreditMinor, overdraw });
    const note = found(await store.readCreditNote(transaction, context.accountId, id), 'credit note');
    await recordAudit(transaction, context, {
      action: 'credit_note.issued',
      subject: id,
      before: { invoice: invoice.number, dueMinor: invoice.dueMinor },
      after: { number: note.number, totalMinor, refundableMinor, returnedCreditMinor, dueMinor: invoice.dueMinor - lowered, reason },
    });
    return note;
  });
}

/** What of an amount that is given back had been paid with credit: in proportion to what credit and money still pay. */
async function creditShare(transaction: Database, invoice: Invoice, refundableMinor: bigint): Promise<bigint> {
  if (invoice.creditMinor === 0n || refundableMinor === 0n) return 0n;
  const creditMinor = await creditIn(transaction, invoice.id);
  const returnedMinor = invoice.creditMinor - creditMinor;
  const moneyMinor = invoice.paidMinor - (invoice.refundableMinor - returnedMinor);
  return creditMinor > 0n ? fraction(creditMinor, refundableMinor, creditMinor + moneyMinor) : 0n;
}

/** Moves the credit that the note gives back or takes back, and tells the ledger of the whole. */
async function book(
  transaction: Database,
  context: Context,
  invoice: Invoice,
  { id, lines, loweredMinor, returnedCreditMinor, overdraw }: { id: string; lines: readonly CreditedLine[]; loweredMinor: bigint; returnedCreditMinor: bigint; overdraw: boolean },
): Promise<void> {
  const { currency } = invoice;
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const isSale = sellsCredit(invoice.lines);
  if (isSale) await takeBackSold(transaction, context, { invoiceId: invoice.id, creditNoteId: id, currency, amountMinor: netMinor, overdraw });
  const returned = await returnCredit(transaction, context, { invoiceId: invoice.id, creditNoteId: id, currency, amountMinor: returnedCreditMinor });
  await post(transaction, context, creditNoteIssued({ id, currency, netMinor, taxMinor, loweredMinor, returned, isGivenUp: invoice.status === 'uncollectible', sellsCredit: isSale }));
}
