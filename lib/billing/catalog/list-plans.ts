import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Plan } from './catalog';
import { readOfferedPlans } from './store';

/** The plans on offer to the account, each in its newest version, small plans first. */
export function listPlans(context: Context): Promise<Plan[]> {
  return readOfferedPlans(database(), context.accountId);
}

/** One offered plan by key. Throws `unknown_plan`, also for another account's negotiated plan. */
export async function getPlan(context: Context, key: string): Promise<Plan> {
  const plan = (await listPlans(context)).find((offered) => offered.key === key);
  if (!plan) throw new DomainError('unknown_plan');
  return plan;
}
