import { invalidRequest } from '../errors';
import { boolean, hash, integer, list, metadata, text } from '../parameters';
import type { Sandbox } from '../sandbox';
import { createPrice, price, priceData, type Price } from './price';
import { currentPeriod, makeItem, setPrice, type ItemDetails, type Subscription } from './subscription';

/** What is sold with a new subscription. */
export const itemParameters = list(hash({ price: text().optional(), price_data: priceData.optional(), quantity: integer(0).optional(), metadata: metadata().optional() }));

/** Changes of a subscription's items: one that is named is changed or taken away, others are added. */
export const itemChangeParameters = list(
  hash({ id: text().optional(), price: text().optional(), price_data: priceData.optional(), quantity: integer(0).optional(), metadata: metadata().optional(), deleted: boolean().optional() }),
);

interface PriceReference {
  price?: string;
  price_data?: Parameters<typeof createPrice>[1];
}

/** The price that a line names, or a new one by its data. Throws a `Refusal` that names the parameter. */
export function priceOf(sandbox: Sandbox, { price: id, price_data }: PriceReference, param: string): Price {
  if ((id === undefined) === (price_data === undefined)) throw invalidRequest(`You must specify either \`price\` or \`price_data\` in ${param}.`, { param });
  const found = id === undefined ? createPrice(sandbox, price_data!) : sandbox.get(price, id, `${param}[price]`);
  if (!found.active) throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, { param: `${param}[price]` });
  return found;
}

/** Items of one interval and one currency, as a subscription takes them. Throws a `Refusal`. */
export function assertTogether(prices: readonly Price[]): void {
  const [first] = prices;
  if (!first) throw invalidRequest('Missing required param: items.', { code: 'parameter_missing', param: 'items' });
  for (const [index, one] of prices.entries()) {
    if (!one.recurring) throw invalidRequest(`The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`, { param: `items[${index}][price]` });
    if (one.currency !== first.currency) throw invalidRequest(`All prices on a subscription must have the same currency: ${first.currency} and ${one.currency} were given.`, { param: `items[${index}][price]` });
    if (one.recurring.interval !== first.recurring?.interval || one.recurring.interval_count !== first.recurring.interval_count) {
      throw invalidRequest('The sandbox bills all items of a subscription in one interval.', { param: `items[${index}][price]` });
    }
  }
}

export function readItems(sandbox: Sandbox, given: (PriceReference & { quantity?: number; metadata?: Record<string, string> | null })[]): ItemDetails[] {
  const items = given.map(({ quantity = 1, metadata: kept, ...reference }, index) => ({ price: priceOf(sandbox, reference, `items[${index}]`), quantity, metadata: kept }));
  assertTogether(items.map((item) => item.price));
  return items;
}

interface ItemChange extends PriceReference {
  id?: string;
  quantity?: number;
  metadata?: Record<string, string> | null;
  deleted?: boolean;
}

/** The items after a change; from the next period on they cost what they say, for nothing is prorated here. */
export function changedItems(sandbox: Sandbox, row: Subscription, changes: readonly ItemChange[]): Subscription['items']['data'] {
  const items = structuredClone(row.items.data);
  for (const [index, { id, quantity, metadata: kept, deleted = false, ...reference }] of changes.entries()) {
    const named = items.find((item) => item.id === id);
    if (id && !named) throw invalidRequest(`No such subscription item: '${id}'`, { code: 'resource_missing', param: `items[${index}][id]` });
    const price = reference.price || reference.price_data ? priceOf(sandbox, reference, `items[${index}]`) : undefined;
    if (!named) {
      if (!price) throw invalidRequest(`Missing required param: items[${index}][price].`, { code: 'parameter_missing', param: `items[${index}][price]` });
      items.push(makeItem(sandbox, row.id, { price, quantity: quantity ?? 1, metadata: kept }, currentPeriod(row)));
    } else if (deleted) items.splice(items.indexOf(named), 1);
    else {
      if (price) setPrice(named, price);
      if (quantity !== undefined) named.quantity = quantity;
    }
  }
  assertTogether(items.map((item) => item.price));
  return items;
}
