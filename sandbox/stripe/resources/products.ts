import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { anyHash, boolean, hash, list, mergeMetadata, metadata, pagination, range, text, unsettable } from '../parameters';
import { get, post, remove, type Resource } from '../resource';
import { createPrice, price, priceParameters } from '../objects/price';
import { createProduct, product } from '../objects/product';

const { currency, unit_amount, unit_amount_decimal, recurring, tax_behavior } = priceParameters;

const details = {
  active: boolean().optional(),
  description: unsettable(text()).optional(),
  images: unsettable(list(text())).optional(),
  marketing_features: unsettable(list(anyHash())).optional(),
  metadata: metadata().optional(),
  statement_descriptor: text(22).optional(),
  tax_code: unsettable(text()).optional(),
  unit_label: unsettable(text(12)).optional(),
  url: unsettable(text()).optional(),
};

export const products: Resource = {
  kinds: [product],
  routes: [
    post('/v1/products', {
      returns: product,
      parameters: {
        ...details,
        name: text(),
        id: text().optional(),
        type: text().optional(),
        default_price_data: hash({ currency, unit_amount, unit_amount_decimal, recurring, tax_behavior, metadata: metadata().optional() }).optional(),
      },
      answer: ({ sandbox, parameters: { default_price_data, type: _type, marketing_features: _features, ...given } }) => {
        if (given.id && sandbox.rows(product).get(given.id)) throw invalidRequest(`Product already exists.`, { code: 'resource_already_exists', param: 'id' });
        const made = createProduct(sandbox, given);
        if (default_price_data) made.default_price = createPrice(sandbox, { ...default_price_data, product: made.id }).id;
        return made;
      },
    }),
    get('/v1/products', {
      returns: product,
      parameters: { ...pagination, active: boolean().optional(), created: range().optional(), ids: list(text()).optional() },
      answer: ({ sandbox, parameters: { active, created, ids, ...page } }) =>
        listOf(
          '/v1/products',
          sandbox.rows(product).where((one) => (active === undefined || one.active === active) && isWithin(one.created, created) && (ids?.includes(one.id) ?? true)),
          page,
        ),
    }),
    get('/v1/products/:id', { returns: product, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(product, path.id!) }),
    post('/v1/products/:id', {
      returns: product,
      parameters: { ...details, name: text().optional(), default_price: text().optional() },
      answer: ({ sandbox, path, parameters: { metadata: change, marketing_features: _features, images, ...given } }) => {
        const row = sandbox.get(product, path.id!);
        if (given.default_price) sandbox.get(price, given.default_price, 'default_price');
        const before = structuredClone(row);
        Object.assign(row, given, { metadata: mergeMetadata(row.metadata, change), images: images ?? (images === null ? [] : row.images), updated: sandbox.now() });
        sandbox.emit('product.updated', row, before);
        return row;
      },
    }),
    remove('/v1/products/:id', {
      returns: product,
      parameters: {},
      answer: ({ sandbox, path }) => {
        const row = sandbox.get(product, path.id!);
        if (sandbox.rows(price).where((one) => one.product === row.id).length > 0) throw invalidRequest('This product cannot be deleted because it has one or more user-created prices.');
        sandbox.rows(product).delete(row.id);
        sandbox.emit('product.deleted', row);
        return { id: row.id, object: 'product', deleted: true } satisfies Stripe.DeletedProduct;
      },
    }),
  ],
};
