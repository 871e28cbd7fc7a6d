import { z } from 'zod';
import { largestLogo, setSellerLogo } from '@/lib/billing/invoices/seller-logo';
import { contract } from '@/lib/http/contract';

/** One pixel, for the reference. */
const example = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const setSellerLogoContract = contract({
  id: 'setSellerLogo',
  method: 'PUT',
  path: '/api/v1/billing/seller/logo',
  group: 'Invoices',
  summary: 'Give the seller a logo for its documents',
  description: 'For every customer of the seller of the account that the key names. For the seller alone.',
  permission: 'invoice:manage',
  body: z.strictObject({
    png: z
      .base64('Send the picture in base64.')
      .max(Math.ceil(largestLogo / 3) * 4)
      .transform((text) => Uint8Array.from(Buffer.from(text, 'base64')))
      .nullable()
      .describe('A PNG of 8 bits a sample, not interlaced, of at most 200 KB and 2,000 pixels a side, in base64; null: none.'),
  }),
  output: z.object({ logo: z.object({ width: z.number().int(), height: z.number().int() }).nullable() }),
  errors: [],
  bodyLimit: 512 * 1024,
  example: { png: example },
  handle: async (context, { body }) => ({ logo: await setSellerLogo(context, body.png) }),
});
