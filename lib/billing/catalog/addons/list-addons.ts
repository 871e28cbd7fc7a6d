import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Addon } from '../catalog';
import { readOfferedAddons } from './store';

/** The add-ons on offer, each in its newest version. */
export function listAddons(): Promise<Addon[]> {
  return readOfferedAddons(database());
}

/** One offered add-on by key. Throws `unknown_addon`. */
export async function getAddon(key: string): Promise<Addon> {
  const addon = (await listAddons()).find((offered) => offered.key === key);
  if (!addon) throw new DomainError('unknown_addon');
  return addon;
}
