import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { boolean, hash, mergeMetadata, metadata, oneOf, pagination, range, text, unsettable, list } from '../parameters';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';
import { createPrice, price, priceParameters } from '../objects/price';

/** Takes the lookup key from the price that has it, or refuses when that was not asked for. */
function claimLookupKey(sandbox: Sandbox, key: string | null | undefined, transfer: boolean, owner?: string): void {
  const holder = key ? sandbox.rows(price).where((one) => one.lookup_key === key && one.id !== owner)[0] : undefined;
  if (!holder) return;
  if (!transfer) throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, { param: 'lookup_key' });
  const before = structuredClone(holder);
  holder.lookup_key = null;
  sandbox.emit('price.updated', holder, before);
}

export const prices: Resource = {
  kinds: [price],
  routes: [
    post('/v1/prices', {
      returns: price,
      parameters: {
        ...priceParameters,
        active: boolean().optional(),
        billing_scheme: oneOf(['per_unit']).optional(),
        lookup_key: text(200).optional(),
        metadata: metadata().optional(),
        nickname: text().optional(),
        product: text().optional(),
        product_data: hash({ name: text(), id: text().optional(), metadata: metadata().optional(), statement_descriptor: text(22).optional(), tax_code: text().optional(), unit_label: text().optional() }).optional(),
        transfer_lookup_key: boolean().optional(),
      },
      answer: ({ sandbox, parameters: { transfer_lookup_key = false, billing_scheme: _scheme, ...given } }) => {
        claimLookupKey(sandbox, given.lookup_key, transfer_lookup_key);
        return createPrice(sandbox, given);
      },
    }),
    get('/v1/prices', {
      returns: price,
      parameters: {
        ...pagination,
        active: boolean().optional(),
        created: range().optional(),
        currency: text(3).optional(),
        lookup_keys: list(text()).optional(),
        product: text().optional(),
        recurring: hash({ interval: text().optional() }).optional(),
        type: oneOf(['one_time', 'recurring']).optional(),
      },
      answer: ({ sandbox, parameters: { active, created, currency, lookup_keys, product: owner, recurring, type, ...page } }) =>
        listOf(
          '/v1/prices',
          sandbox.rows(price).where(
            (one) =>
              (active === undefined || one.active === active) &&
              isWithin(one.created, created) &&
              (!currency || one.currency === currency) &&
              (!lookup_keys || lookup_keys.includes(one.lookup_key ?? '')) &&
              (!owner || one.product === owner) &&
              (!recurring?.interval || one.recurring?.interval === recurring.interval) &&
              (!type || one.type === type),
          ),
          page,
        ),
    }),
    get('/v1/prices/:id', { returns: price, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(price, path.id!) }),
    post('/v1/prices/:id', {
      returns: price,
      parameters: {
        active: boolean().optional(),
        lookup_key: unsettable(text(200)).optional(),
        metadata: metadata().optional(),
        nickname: unsettable(text()).optional(),
        tax_behavior: priceParameters.tax_behavior,
        transfer_lookup_key: boolean().optional(),
      },
      answer: ({ sandbox, path, parameters: { metadata: change, transfer_lookup_key = false, ...given } }) => {
        const row = sandbox.get(price, path.id!);
        claimLookupKey(sandbox, given.lookup_key, transfer_lookup_key, row.id);
        const before = structuredClone(row);
        Object.assign(row, given, { metadata: mergeMetadata(row.metadata, change) });
        sandbox.emit('price.updated', row, before);
        return row;
      },
    }),
  ],
};
