import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import { planRequest } from '../change-plan/plan-request';
import { readHeldOf } from '../quotes/store';
import { isUnderWay } from './give-up-change';

/** A change of plan that happens when its invoice is paid. */
export interface AwaitedChange {
  quoteId: string;
  planKey: string;
  invoice: Invoice;
  /** Until when it may be paid. A payment that is under way then is waited for. */
  until: Date;
}

/** The change of plan of the account that waits for its payment; null: none does. */
export async function readAwaited(context: Context): Promise<AwaitedChange | null> {
  for (const { id, request, invoiceId, heldUntil } of await readHeldOf(database(), context.accountId)) {
    const invoice = invoiceId === null ? null : await readInvoice(database(), context.accountId, invoiceId);
    if (!invoice || invoice.status !== 'open' || !heldUntil) continue;
    if (heldUntil <= context.clock.now() && !(await isUnderWay(database(), invoice.id))) continue;
    return { quoteId: id, planKey: planRequest.parse(request).planKey, invoice, until: heldUntil };
  }
  return null;
}
