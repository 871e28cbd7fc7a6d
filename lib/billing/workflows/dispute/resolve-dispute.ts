import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Dispute, DisputeLoss } from '../../payments/disputes/dispute';
import { readDispute, writeDispute } from '../../payments/disputes/store';
import { readReopenable, reopenInvoice } from './reopen-invoice';

/**
 * Decides otherwise what becomes of a loss: a written-off one makes its invoice owed again. Said again, nothing happens.
 * Throws `not_found`, `dispute_not_reopenable`, and `invalid_transition` while the dispute is not lost, and for an invoice
 * that is owed again: that is given up as any other.
 */
export function resolveDispute(context: Context, { disputeId, loss }: { disputeId: string; loss: DisputeLoss }): Promise<Dispute> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readDispute(transaction, context.accountId, disputeId), 'dispute');
    if (before.loss === loss) return before;
    if (before.state !== 'lost') throw new DomainError('invalid_transition', 'The dispute is not lost. Wait until it is decided.');
    if (loss === 'write_off') throw new DomainError('invalid_transition', 'The invoice is owed again. Give it up as uncollectible instead.');
    const invoice = await readReopenable(transaction, before);
    if (!invoice) throw new DomainError('dispute_not_reopenable');
    const after: Dispute = { ...before, loss, revision: before.revision + 1 };
    await writeDispute(transaction, after);
    await recordAudit(transaction, context, { action: 'dispute.resolved', subject: disputeId, before: { loss: before.loss }, after: { loss } });
    await reopenInvoice(transaction, context, after, invoice);
    return after;
  });
}
