import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { CreditNote, CreditNoteSummary } from './credit-note';
import * as store from './store';

/** One page of the account's credit notes, newest first, of one invoice or of all. `page` counts from 1. */
export async function listCreditNotes(
  context: Context,
  { invoiceId, page, pageSize }: { invoiceId?: string | undefined; page: number; pageSize: number },
): Promise<Page<CreditNoteSummary>> {
  const range = { skip: (page - 1) * pageSize, take: pageSize };
  return { ...(await store.readCreditNotes(database(), { accountId: context.accountId, invoiceId }, range)), page, pageSize };
}

/** One credit note with its lines. Throws `not_found`, also for another account's. */
export async function getCreditNote(context: Context, id: string): Promise<CreditNote> {
  return found(await store.readCreditNote(database(), context.accountId, id), 'credit note');
}
