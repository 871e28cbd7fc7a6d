import { priceOn, type ModelPrice } from '../catalog/model-prices/model-price';
import { Exact } from '../money/money';

/** Usage of one feature, as far as its price goes: told of one model, or of none, in days with one price. */
export interface PricedUsage {
  model: string | null;
  /** Such as `2026-11-21`. */
  day: string;
  quantity: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
}

/** By what usage is valued. */
export interface PriceList {
  currency: string;
  modelPrices: readonly ModelPrice[];
  /** What a further unit of a feature costs with the plan, in exact major units, by feature. */
  unitPrices: ReadonlyMap<string, string>;
}

/** What usage is worth: exact major units, and the units that no price was found for. */
export interface Value {
  amount: Exact;
  unpricedQuantity: bigint;
}

/**
 * What the usage of a feature is worth, each unit once: tokens told of a model by the price of the model on that day, and
 * everything else by what a further unit costs with the plan, within its limit too. Exact and pure.
 */
export function valueOf(feature: string, { model, day, quantity, inputTokens, outputTokens }: PricedUsage, { currency, modelPrices, unitPrices }: PriceList): Value {
  if (model !== null && (inputTokens !== 0n || outputTokens !== 0n)) {
    const price = priceOn(modelPrices.filter((one) => one.model === model && one.currency === currency), day);
    if (price) {
      const input = new Exact(inputTokens.toString()).times(price.inputAmount);
      return { amount: input.plus(new Exact(outputTokens.toString()).times(price.outputAmount)), unpricedQuantity: 0n };
    }
  }
  const unitPrice = unitPrices.get(feature);
  if (unitPrice === undefined) return { amount: new Exact(0), unpricedQuantity: quantity };
  return { amount: new Exact(quantity.toString()).times(unitPrice), unpricedQuantity: 0n };
}
