import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Addon } from '../catalog';
import { listPlans } from '../list-plans';
import { readOfferedAddons } from './store';

/**
 * The add-ons on offer to the account, each in its newest version. Of the plans that an add-on is for only those are named
 * that the account is offered too: another customer's negotiated plan is seen by nobody else.
 */
export async function listAddons(context: Context): Promise<Addon[]> {
  const offered = (await listPlans(context)).map(({ key }) => key);
  return (await readOfferedAddons(database())).flatMap((addon) => {
    if (addon.plans.length === 0) return [addon];
    const plans = addon.plans.filter((key) => offered.includes(key));
    return plans.length > 0 ? [{ ...addon, plans }] : [];
  });
}

/** One offered add-on by key, with all the plans it is for. Throws `unknown_addon`. */
export async function getAddon(key: string): Promise<Addon> {
  const addon = (await readOfferedAddons(database())).find((offered) => offered.key === key);
  if (!addon) throw new DomainError('unknown_addon');
  return addon;
}
