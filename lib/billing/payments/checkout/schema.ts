import { z } from 'zod';
import { checkoutModes } from '../gateway/checkouts';
import { checkoutStatuses } from './checkout';

/** A path within this site: no other host, no scheme, nothing that a browser reads as one. */
export const returnPathInput = z
  .string()
  .max(500, 'Use at most 500 characters.')
  .regex(/^\/(?![/\\])[^\p{Cc}\p{Zs}\\]*$/u, 'Use a path of this site that begins with one slash, such as /billing.');

export const checkoutDto = z.object({
  id: z.string(),
  gateway: z.string(),
  mode: z.enum(checkoutModes),
  status: z.enum(checkoutStatuses),
  invoiceId: z.string().nullable().describe('The invoice that is paid.'),
  topUpId: z.string().nullable().describe('The top-up that is paid.'),
  returnPath: z.string(),
  failureCode: z.string().nullable(),
  expiresAt: z.date(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});

export const begunCheckoutDto = checkoutDto.extend({ url: z.string().nullable().describe('Send the browser there. Null: it has ended.') });
