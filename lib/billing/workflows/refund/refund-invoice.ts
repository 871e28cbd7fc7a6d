import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { readInvoice } from '../../invoices/store';
import { findGateway } from '../../payments/configured-gateway';
import type { Refund, RefundDestination } from '../../payments/refunds/refund';
import { decideRefund } from './decide';
import { loadRefund } from './load';
import { requestRefund } from './request-refund';

export interface InvoiceRefund {
  invoiceId: string;
  /** Minor units; all that was paid and is not given back unless said. */
  amountMinor?: bigint | undefined;
  to: RefundDestination;
  /** Why; it stands on the credit note. */
  reason: string;
}

/**
 * Gives a paid invoice back, whole or in part. Money never leaves without a credit note: what earlier ones gave back is
 * paid out first, and for the rest one is issued here. Of a receipt for prepaid credit no more is given back than is left of
 * the credit. Throws `not_found`, `not_refundable`, `refund_exceeds_payment`, `credit_exceeds_invoice`, and
 * `payments_unavailable` where its payment provider is switched off.
 */
export function refundInvoice(context: Context, { invoiceId, amountMinor, to, reason }: InvoiceRefund): Promise<Refund> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const invoice = found(await readInvoice(transaction, context.accountId, invoiceId), 'invoice');
    const decided = decideRefund(await loadRefund(transaction, invoice), { amountMinor, to });
    const gateway = decided.payment?.gateway ?? null;
    if (gateway && !findGateway(gateway)?.capabilities.partialRefunds && decided.amountMinor < invoice.paidMinor) throw new DomainError('payments_unavailable');
    const note = decided.noteMinor > 0n ? await issueCreditNote(context, { invoiceId, reason, wanted: { scope: 'amount', amountMinor: decided.noteMinor } }) : null;
    return requestRefund(transaction, context, {
      invoiceId, attemptId: decided.payment?.attemptId ?? null, creditNoteId: note?.id ?? null, replacesId: null, destination: to, cause: 'seller',
      amountMinor: decided.amountMinor, currency: invoice.currency, reason, gateway,
    });
  });
}
