import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { readBillingTerms } from '../subscriptions/store';
import { audited, type CostCentre } from './cost-centre';
import { readCentre, releaseKeys, writeCentre } from './store';

/** What is named changes, the rest stays. */
export interface CentreChange {
  name?: string;
  /** Minor units of the account's currency for each calendar month; null: no budget. */
  budgetMinor?: bigint | null;
}

/** Renames a cost centre or changes its budget. What passes a new budget already is alerted at once. Throws `not_found`. */
export function changeCostCentre(context: Context, id: string, { name, budgetMinor }: CentreChange): Promise<CostCentre> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readCentre(transaction, context.accountId, id), 'cost centre');
    const after = { ...before, ...(name !== undefined && { name }) };
    if (budgetMinor !== undefined) {
      after.budgetMinor = budgetMinor;
      after.currency = budgetMinor === null ? null : (await readBillingTerms(transaction, context.accountId)).currency;
    }
    if (after.name === before.name && after.budgetMinor === before.budgetMinor && after.currency === before.currency) return after;
    await writeCentre(transaction, after, context.clock.now());
    await recordAudit(transaction, context, { action: 'cost_centre.changed', subject: id, before: audited(before), after: audited(after) });
    return after;
  });
}

/**
 * Takes a cost centre out of use: it alerts no more, and usage told with its keys lands nowhere. Its past stays, and so does
 * usage that goes on naming its key. Archiving it again does nothing. Throws `not_found`.
 */
export function archiveCostCentre(context: Context, id: string): Promise<CostCentre> {
  return moveCentre(context, id, true);
}

/** Takes an archived cost centre into use again, without the keys that it had. Throws `not_found`. */
export function restoreCostCentre(context: Context, id: string): Promise<CostCentre> {
  return moveCentre(context, id, false);
}

function moveCentre(context: Context, id: string, archived: boolean): Promise<CostCentre> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readCentre(transaction, context.accountId, id), 'cost centre');
    if ((before.archivedAt !== null) === archived) return before;
    const now = context.clock.now();
    const after: CostCentre = { ...before, archivedAt: archived ? now : null, apiKeys: archived ? [] : before.apiKeys };
    await writeCentre(transaction, after, now);
    if (archived) await releaseKeys(transaction, id);
    const record = archived ? { before: { name: before.name, apiKeys: before.apiKeys.map((key) => key.id) } } : { after: { name: after.name } };
    await recordAudit(transaction, context, { action: archived ? 'cost_centre.archived' : 'cost_centre.restored', subject: id, ...record });
    return after;
  });
}
