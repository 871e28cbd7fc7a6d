import { database } from '@/lib/core/database';
import type { ModelPrice } from './model-price';
import { readModelPrices } from './store';

/** The prices of every model, or of those named, in every currency or one, the oldest of each first. */
export function listModelPrices(narrowed: { models?: readonly string[]; currency?: string } = {}): Promise<ModelPrice[]> {
  return readModelPrices(database(), narrowed);
}
