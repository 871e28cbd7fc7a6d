import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import type { ModelPrice } from './model-price';
import { writeMissingModelPrices } from './store';

const effectiveFrom = '2020-01-01';

/** What the demo's models cost. Made up, as the models are. */
export const defaultModelPrices: readonly ModelPrice[] = [
  { model: 'demo-small', currency: 'USD', effectiveFrom, inputAmount: '0.0000002', outputAmount: '0.0000008' },
  { model: 'demo-small', currency: 'EUR', effectiveFrom, inputAmount: '0.00000019', outputAmount: '0.00000075' },
  { model: 'demo-small', currency: 'CNY', effectiveFrom, inputAmount: '0.0000014', outputAmount: '0.0000056' },
  { model: 'demo-large', currency: 'USD', effectiveFrom, inputAmount: '0.000003', outputAmount: '0.000012' },
  { model: 'demo-large', currency: 'EUR', effectiveFrom, inputAmount: '0.0000028', outputAmount: '0.0000112' },
  { model: 'demo-large', currency: 'CNY', effectiveFrom, inputAmount: '0.000021', outputAmount: '0.000084' },
  { model: 'demo-reasoning', currency: 'USD', effectiveFrom, inputAmount: '0.000012', outputAmount: '0.00006' },
  { model: 'demo-reasoning', currency: 'EUR', effectiveFrom, inputAmount: '0.0000112', outputAmount: '0.000056' },
  { model: 'demo-reasoning', currency: 'CNY', effectiveFrom, inputAmount: '0.000084', outputAmount: '0.00042' },
];

/** Writes those of the prices that are not there yet; what the seller set since stays. */
export function publishModelPrices(prices: readonly ModelPrice[], clock: Clock): Promise<void> {
  return writeMissingModelPrices(database(), prices, clock.now());
}
