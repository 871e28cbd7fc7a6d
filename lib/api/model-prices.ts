import { z } from 'zod';
import { listModelPrices } from '@/lib/billing/catalog/model-prices/list-model-prices';
import { modelPriceDto, newModelPriceInput } from '@/lib/billing/catalog/model-prices/schema';
import { setModelPrice } from '@/lib/billing/catalog/model-prices/set-model-price';
import { lineInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

export const listModelPricesContract = contract({
  id: 'listModelPrices',
  method: 'GET',
  path: '/api/v1/billing/model-prices',
  group: 'Usage',
  summary: 'List what models cost for one token',
  description: 'The oldest price of each model and currency first; each holds until the next one begins.',
  permission: 'usage:read',
  query: z.strictObject({ model: lineInput.optional() }),
  output: z.object({ items: z.array(modelPriceDto) }),
  errors: [],
  handle: async (_context, { query }) => ({ items: await listModelPrices(query.model === undefined ? {} : { models: [query.model] }) }),
});

export const setModelPriceContract = contract({
  id: 'setModelPrice',
  method: 'PUT',
  path: '/api/v1/billing/model-prices',
  group: 'Usage',
  summary: 'Set what a model costs for one token from a day on',
  description:
    'For the seller’s own keys, and for every customer. Days gone keep the price they had: a price may begin in the past only where there was none.',
  permission: 'catalog:write',
  body: newModelPriceInput,
  output: modelPriceDto,
  errors: [],
  example: { model: 'demo-small', currency: 'USD', inputAmount: '0.0000002', outputAmount: '0.0000008' },
  handle: (context, { body }) => setModelPrice(context, body),
});
