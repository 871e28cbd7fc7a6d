import { z } from 'zod';

/** What a quote of a change of plan was asked for, as it is kept. */
export const planRequest = z.object({ planKey: z.string(), interval: z.enum(['day', 'week', 'month', 'year']), intervalCount: z.number().int(), coupon: z.string().optional() });
