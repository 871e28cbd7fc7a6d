import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Feature } from './catalog';
import { readFeatures } from './store';

/** Every feature of the catalog, in the order of the catalog. */
export function listFeatures(): Promise<Feature[]> {
  return readFeatures(database());
}

/** The feature of that key. Throws `unknown_feature`. */
export async function requireFeature(key: string): Promise<Feature> {
  const feature = (await listFeatures()).find((one) => one.key === key);
  if (!feature) throw new DomainError('unknown_feature', `The catalog has no feature "${key}".`);
  return feature;
}
