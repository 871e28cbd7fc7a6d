import { priceOn, type ModelPrice } from '../catalog/model-prices/model-price';
import { Exact } from '../money/money';

/** Tokens of one model on one calendar day. */
export interface ModelTokens {
  /** Null: no model was told. */
  model: string | null;
  /** Such as `2026-11-21`. */
  day: string;
  inputTokens: bigint;
  outputTokens: bigint;
}

/** What tokens cost by the prices of their models. */
export interface Cost {
  currency: string;
  /** Exact, in major units. */
  amount: string;
  /** Tokens that no price was found for, and that the amount leaves out. */
  unpricedTokens: bigint;
}

/** What the tokens cost in the currency: each day's by the price in force that day. Exact and pure. */
export function costOf(tokens: readonly ModelTokens[], prices: readonly ModelPrice[], currency: string): Cost {
  const byModel = new Map<string, ModelPrice[]>();
  for (const price of prices) if (price.currency === currency) byModel.set(price.model, [...(byModel.get(price.model) ?? []), price]);
  let amount = new Exact(0);
  let unpricedTokens = 0n;
  for (const { model, day, inputTokens, outputTokens } of tokens) {
    if (inputTokens === 0n && outputTokens === 0n) continue;
    const price = model === null ? undefined : priceOn(byModel.get(model) ?? [], day);
    if (!price) {
      unpricedTokens += inputTokens + outputTokens;
      continue;
    }
    const input = new Exact(inputTokens.toString()).times(price.inputAmount);
    amount = amount.plus(input).plus(new Exact(outputTokens.toString()).times(price.outputAmount));
  }
  return { currency, amount: amount.toFixed(), unpricedTokens };
}
