import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { readInvoice } from '../../invoices/store';
import { voidInvoice } from '../../invoices/void-invoice';
import { hastenRefresh, readOpenAttempt } from '../../payments/store';
import type { Quote } from '../quotes/quote';
import { markDropped } from '../quotes/store';

/** How a change that waits for its payment ends without it, as the audit log says it. */
export type Drop = 'subscription.change_dropped' | 'subscription.change_given_up';

/**
 * Drops a change that waits for its payment, under the account's lock: its invoice is void, so what the customer has begun
 * to pay it with is closed at the gateway, and what comes nevertheless is given back.
 */
export async function dropHold(transaction: Database, context: Context, { id, invoiceId, subscriptionId }: Quote, action: Drop = 'subscription.change_dropped'): Promise<void> {
  await markDropped(transaction, id);
  const invoice = invoiceId === null ? null : await readInvoice(transaction, context.accountId, invoiceId);
  if (invoice?.status !== 'open') return;
  await voidInvoice(context, { invoiceId: invoice.id });
  await recordAudit(transaction, context, { action, subject: subscriptionId, before: { quote: id, invoice: invoice.number } });
  const open = await readOpenAttempt(transaction, invoice.id);
  if (open) await hastenRefresh(transaction, open.id, context.clock.now());
}
