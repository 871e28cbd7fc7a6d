import { z } from 'zod';
import { listAddons } from '@/lib/billing/catalog/addons/list-addons';
import { publishAddon, retireAddon } from '@/lib/billing/catalog/addons/publish-addon';
import { addonInput, addonOf, keyInput } from '@/lib/billing/catalog/edit-schema';
import { addonDto } from '@/lib/billing/catalog/schema';
import { contract } from '@/lib/http/contract';

const group = 'Plans';
const params = z.strictObject({ key: keyInput });

export const listAddonsContract = contract({
  id: 'listAddons',
  method: 'GET',
  path: '/api/v1/billing/addons',
  group,
  summary: 'List the add-ons on offer',
  permission: 'subscription:read',
  output: z.object({ items: z.array(addonDto) }),
  errors: [],
  handle: async (context) => ({ items: await listAddons(context) }),
});

export const publishAddonContract = contract({
  id: 'publishAddon',
  method: 'PUT',
  path: '/api/v1/billing/addons/{key}',
  group,
  summary: 'Publish an add-on, or a new version of it',
  description: 'For the seller’s own keys. Who holds it stays on the version that was sold. The same again changes nothing.',
  permission: 'catalog:write',
  params,
  body: addonInput,
  output: addonDto,
  errors: [],
  example: {
    name: { en: 'Demo storage', zh: '演示存储包' },
    plans: ['pro'],
    prices: [{ currency: 'USD', interval: 'month', scheme: { kind: 'per_unit', unitAmount: '5' } }],
    grants: { storage_gb: 100 },
  },
  handle: (context, { params: { key }, body }) => publishAddon(context, addonOf(key, body)),
});

export const retireAddonContract = contract({
  id: 'retireAddon',
  method: 'DELETE',
  path: '/api/v1/billing/addons/{key}',
  group,
  summary: 'Take an add-on off offer',
  description: 'For the seller’s own keys. Who holds it keeps it; publishing it brings it back.',
  permission: 'catalog:write',
  params,
  output: z.object({}),
  errors: ['unknown_addon'],
  handle: async (context, { params: { key } }) => {
    await retireAddon(context, key);
    return {};
  },
});
