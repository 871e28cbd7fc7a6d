import { z } from 'zod';

/** A postal address as the API says it. Parts that are not given are empty. */
export const addressDto = z.object({
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  region: z.string(),
  postalCode: z.string(),
  country: z.string().describe('ISO 3166 alpha-2.'),
});

export type PostalAddress = z.infer<typeof addressDto>;
