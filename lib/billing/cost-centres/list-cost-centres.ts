import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { CentreKey, CostCentre } from './cost-centre';
import { readAssignableKeys, readCentre, readCentres } from './store';

/** The account's cost centres by name, archived ones too. */
export function listCostCentres(context: Context): Promise<CostCentre[]> {
  return readCentres(database(), context.accountId);
}

/** Throws `not_found`. */
export async function getCostCentre(context: Context, id: string): Promise<CostCentre> {
  return found(await readCentre(database(), context.accountId, id), 'cost centre');
}

/** An API key, and the cost centre that its usage lands in. */
export interface AssignableKey extends CentreKey {
  costCentreId: string | null;
}

/** The account's API keys that were not revoked, by name. */
export function listAssignableKeys(context: Context): Promise<AssignableKey[]> {
  return readAssignableKeys(database(), context.accountId);
}
