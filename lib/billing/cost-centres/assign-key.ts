import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readAssignableKeys, readCentre, writeCentreOfKey } from './store';

/**
 * Has usage told with the API key land in the cost centre, or in none, from now on; usage that names a cost centre itself is
 * told to that one. Throws `not_found` for a key or centre of somebody else or a revoked key, `cost_centre_archived`.
 */
export function assignKey(context: Context, keyId: string, costCentreId: string | null): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const key = found((await readAssignableKeys(transaction, context.accountId)).find(({ id }) => id === keyId), 'API key');
    const centre = costCentreId === null ? null : found(await readCentre(transaction, context.accountId, costCentreId), 'cost centre');
    if (centre?.archivedAt) throw new DomainError('cost_centre_archived');
    if (key.costCentreId === costCentreId) return;
    await writeCentreOfKey(transaction, keyId, costCentreId);
    await recordAudit(transaction, context, { action: 'cost_centre.key_assigned', subject: keyId, before: { costCentre: key.costCentreId }, after: { costCentre: costCentreId } });
  });
}
