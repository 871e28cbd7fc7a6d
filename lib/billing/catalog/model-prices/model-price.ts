/** What a model costs for one token from a calendar day on, until the next price of the model in the currency begins. */
export interface ModelPrice {
  model: string;
  currency: string;
  /** Such as `2026-11-21`; each account's own calendar day. */
  effectiveFrom: string;
  /** Exact price of one input token, in major units. */
  inputAmount: string;
  /** Exact price of one output token, in major units. */
  outputAmount: string;
}

/** The price in force that day among those of one model and currency, or undefined before the first. */
export function priceOn(prices: readonly ModelPrice[], day: string): ModelPrice | undefined {
  return prices.reduce<ModelPrice | undefined>(
    (latest, price) => (price.effectiveFrom <= day && (!latest || price.effectiveFrom > latest.effectiveFrom) ? price : latest),
    undefined,
  );
}
