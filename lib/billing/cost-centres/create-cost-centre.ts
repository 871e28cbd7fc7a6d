import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { readBillingTerms } from '../subscriptions/store';
import { audited, mostCostCentres, type CostCentre } from './cost-centre';
import { insertCentre, readCentres } from './store';

export interface NewCostCentre {
  /** What usage names it by. */
  key: string;
  name: string;
  /** Minor units of the account's currency for each calendar month; null: no budget. */
  budgetMinor: bigint | null;
}

/** Makes a cost centre. Usage that named its key before is its own, too. Throws `cost_centre_key_taken`, `conflict` when there are 200. */
export function createCostCentre(context: Context, { key, name, budgetMinor }: NewCostCentre): Promise<CostCentre> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const others = await readCentres(transaction, context.accountId);
    if (others.some((other) => other.key === key)) throw new DomainError('cost_centre_key_taken');
    if (others.length >= mostCostCentres) throw new DomainError('conflict', `An account has at most ${mostCostCentres} cost centres.`);
    const { currency } = await readBillingTerms(transaction, context.accountId);
    const centre: CostCentre = {
      id: newId('cc'), key, name, budgetMinor, currency: budgetMinor === null ? null : currency, createdAt: context.clock.now(), archivedAt: null, apiKeys: [],
    };
    await insertCentre(transaction, context.accountId, centre);
    await recordAudit(transaction, context, { action: 'cost_centre.created', subject: centre.id, after: audited(centre) });
    return centre;
  });
}
