import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import type { ProrationUnit } from './proration';
import { writeProrationUnit } from './store';

/** Sets by what the rest of a period is counted, for every customer of the account's seller, from now on. */
export function setProrationUnit(context: Context, unit: ProrationUnit): Promise<ProrationUnit> {
  return inTransaction(async (transaction) => {
    const { sellerId, before } = await writeProrationUnit(transaction, context.accountId, unit);
    await recordAudit(transaction, context, { action: 'seller.proration_unit_set', subject: sellerId, before: { unit: before }, after: { unit } });
    return unit;
  });
}
