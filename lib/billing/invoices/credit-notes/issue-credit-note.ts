import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { applyMove } from '../move-invoice';
import { readInvoice } from '../store';
import type { CreditNote, WantedCredit } from './credit-note';
import { creditable, decideCredit } from './decide-credit';
import * as store from './store';

export interface NewCredit {
  invoiceId: string;
  /** Why; it stands on the note. */
  reason: string;
  wanted: WantedCredit;
}

/**
 * Takes back an issued invoice or a part of it, with the tax that was charged on it. What is still to pay becomes less;
 * what goes beyond that, of a paid invoice all of it, is the customer's credit (`refundableMinor`). An unpaid invoice of
 * which nothing is left to pay is settled with it.
 * Throws `not_found`, `not_creditable`, `credit_exceeds_invoice` and `invalid_request`.
 */
export function issueCreditNote(context: Context, { invoiceId, reason, wanted }: NewCredit): Promise<CreditNote> {
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
    const id = await store.insertCreditNote(transaction, { accountId: context.accountId, invoice, reason, lines, refundableMinor: totalMinor - lowered, issuedAt });
    const note = found(await store.readCreditNote(transaction, context.accountId, id), 'credit note');
    await recordAudit(transaction, context, {
      action: 'credit_note.issued',
      subject: id,
      before: { invoice: invoice.number, dueMinor: invoice.dueMinor },
      after: { number: note.number, totalMinor, refundableMinor: note.refundableMinor, dueMinor: invoice.dueMinor - lowered, reason },
    });
    return note;
  });
}
