import { z } from 'zod';

const status = z
  .enum(['held', 'committed', 'released', 'expired', 'settled'])
  .describe('`held` until it is committed, released or settled, or `expired` by itself.');

export const reservationDto = z.object({
  id: z.string(),
  status,
  quantity: z.bigint().describe('Units that were held.'),
  expiresAt: z.date().describe('When the units return by themselves.'),
});

export const leaseDto = z.object({
  id: z.string(),
  quantity: z.bigint().describe('Units that may be used.'),
  expiresAt: z.date().describe('When it is counted in full, unless it was settled.'),
});

export const settledLeaseDto = z.object({
  id: z.string(),
  status,
  quantity: z.bigint().describe('Units that were leased.'),
  used: z.bigint(),
  returned: z.bigint(),
});
