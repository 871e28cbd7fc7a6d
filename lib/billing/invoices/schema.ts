import { z } from 'zod';

/** The JSON columns of an invoice, read back. */
export const sellerDetails = z.object({
  name: z.string(),
  legalName: z.string(),
  addressLines: z.array(z.string()),
  country: z.string(),
  taxId: z.string(),
  email: z.string(),
});

const addressDto = z.object({
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  region: z.string(),
  postalCode: z.string(),
  country: z.string().describe('ISO 3166 alpha-2.'),
});

export const customerDetails = z.object({
  name: z.string(),
  contactName: z.string(),
  email: z.string(),
  address: addressDto,
  taxId: z.string(),
  language: z.enum(['en', 'zh']),
  timeZone: z.string(),
});
