import type { Context } from '@/lib/core/context';
import { idOfUuid } from '@/lib/core/ids';
import { quotaEngine, reservationId } from '../engine/engine';
import { decisionOf, meteredBy } from '../meter';
import { decideOnTerms } from '../on-terms';
import { rememberMade } from './made-here';
import { reservationIn, type LeaseDecision } from './reservation';

export interface LeaseRequest {
  feature: string;
  /** Units that are wanted. */
  quantity: bigint;
  /** With fewer units than that the lease is refused; 1 unless said. */
  minimum?: bigint;
  expiresInSeconds: number;
  /** Sent again with the same key, the same lease is answered. */
  idempotencyKey?: string;
  /** Key of the cost centre that it lands in when it expires unsettled. */
  costCentre?: string | undefined;
}

/**
 * Holds what is left of the limit, from the minimum up to the quantity, for a client that answers from it in its own process
 * and settles it afterwards. A lease that expires unsettled is counted in full, since all of it may have been used.
 * Must not be called inside a transaction: it commits on its own.
 * Throws `unknown_feature`, `feature_not_metered`, `idempotency_key_reused`, `counter_overflow`, `overloaded`.
 */
export async function takeLease(context: Context, request: LeaseRequest): Promise<LeaseDecision> {
  const { feature, quantity, minimum = 1n, expiresInSeconds, idempotencyKey = null, costCentre } = request;
  const id = reservationId(context.accountId, idempotencyKey, context.clock.now());
  return decideOnTerms(context, async (terms, now) => {
    const metered = meteredBy(terms, feature, now);
    const expiresAt = new Date(now.getTime() + expiresInSeconds * 1_000);
    const result = await quotaEngine().submit(feature, { ...metered.item, operation: 'lease', id, keyText: idempotencyKey, quantity, minimum, expiresAt, dimensions: { costCentre } });
    rememberMade(context.accountId, 'lease', id, metered, result);
    const decision = decisionOf(metered, quantity, result, null);
    if (!decision?.allowed) return decision && { ...decision, lease: null };
    const lease = reservationIn('lease', result);
    return { ...decision, lease: { id: idOfUuid('lease', id), quantity: lease.quantity, expiresAt: lease.expiresAt } };
  });
}
