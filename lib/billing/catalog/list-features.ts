import { database } from '@/lib/core/database';
import type { Feature } from './catalog';
import { readFeatures } from './store';

/** Every feature of the catalog, in the order of the catalog. */
export function listFeatures(): Promise<Feature[]> {
  return readFeatures(database());
}
