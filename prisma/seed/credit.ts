import { issueCreditNote } from '@/lib/billing/invoices/credit-notes/issue-credit-note';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';

/** Credits a part of the company's oldest paid invoice, as after a day without service. */
export async function creditOldestInvoice(context: Context): Promise<void> {
  const oldest = await database().invoice.findFirst({ where: { accountId: context.accountId, status: 'paid', totalMinor: { gt: 0 } }, orderBy: { createdAt: 'asc' } });
  if (!oldest) return;
  await issueCreditNote(context, { invoiceId: oldest.id, reason: '服务中断补偿（演示）', wanted: { scope: 'amount', amountMinor: oldest.totalMinor / 10n + 1n } });
}
