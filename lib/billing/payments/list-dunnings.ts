import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Page } from '@/lib/core/input';
import { settlementOf, type InvoiceStatus } from '../invoices/invoice';
import type { Dunning, DunningStatus } from './dunning';
import { readDunnings } from './store';

/** A dunning with what it collects. */
export interface ListedDunning extends Dunning {
  invoiceNumber: string | null;
  invoiceStatus: InvoiceStatus;
  currency: string;
  /** Still to pay, in minor units. */
  dueMinor: bigint;
}

/** One page of what is or was collected of the account after a charge had failed, of one state or all, newest first. `page` counts from 1. */
export async function listDunnings(
  context: Context,
  { status, page, pageSize }: { status?: DunningStatus | undefined; page: number; pageSize: number },
): Promise<Page<ListedDunning>> {
  const { items, total } = await readDunnings(database(), { accountId: context.accountId, ...(status && { status }) }, { skip: (page - 1) * pageSize, take: pageSize });
  const listed = items.map(({ invoice, ...dunning }) => ({
    ...dunning, invoiceNumber: invoice.number, invoiceStatus: invoice.status, currency: invoice.currency, dueMinor: settlementOf(invoice).dueMinor,
  }));
  return { items: listed, total, page, pageSize };
}
