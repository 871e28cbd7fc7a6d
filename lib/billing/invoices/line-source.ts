import { z } from 'zod';
import { prorationUnits } from '../subscriptions/proration';
import type { Offer } from '../subscriptions/subscription';

// What an issued line was made from. It is kept with the line, since plans, limits and counters go on changing.

const minor = z.coerce.bigint();

const priceSource = {
  planKey: z.string(),
  planVersion: z.number().int(),
  planVersionId: z.string(),
  priceId: z.string(),
  /** What the price is for a whole period, in minor units. */
  priceMinor: minor,
};

export const lineSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan_fee'), ...priceSource }),
  z.object({
    kind: z.literal('proration'),
    ...priceSource,
    /** Whether it is the plan's own price, or else that of what was sold beside it, or of what a coupon takes off. */
    isPlan: z.boolean().default(true),
    /** Given back for what was not used, or charged for what is still to come. */
    direction: z.enum(['unused', 'remaining']),
    unit: z.enum(prorationUnits),
    /** How many units of the period are left, of how many. */
    left: minor,
    whole: minor,
  }),
  z.object({
    kind: z.literal('usage'),
    planKey: z.string(),
    planVersion: z.number().int(),
    planVersionId: z.string(),
    featureKey: z.string(),
    /** Of the quota period's running total. */
    counterId: z.number().int(),
    /** The limit that counted, and the use of the whole quota period when the line was made. */
    limit: minor,
    used: minor,
  }),
]);

export type LineSource = z.output<typeof lineSource>;

/** The price that an offer names, as a source. */
export function priceSourceOf({ plan, price }: Offer) {
  return { planKey: plan.key, planVersion: plan.version, planVersionId: plan.versionId, priceId: price.id, priceMinor: price.amountMinor };
}
