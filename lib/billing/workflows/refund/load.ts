import type { Database } from '@/lib/core/database';
import { creditIn } from '../../credits/pay-with-credit';
import type { Invoice } from '../../invoices/invoice';
import { readPayments, readRefundsOfInvoice } from '../../payments/refunds/store';
import type { RefundFacts } from './decide';

/** What a refund of the invoice depends on. */
export async function loadRefund(db: Database, { id, status, paidMinor, refundableMinor, creditMinor }: Invoice): Promise<RefundFacts> {
  const stillCreditMinor = creditMinor > 0n ? await creditIn(db, id) : 0n;
  return {
    status, paidMinor, creditMinor: stillCreditMinor,
    // What credit notes gave back of the share that credit had paid is credit again.
    owedBackMinor: refundableMinor - (creditMinor - stillCreditMinor),
    refunds: await readRefundsOfInvoice(db, id), payments: await readPayments(db, id),
  };
}
