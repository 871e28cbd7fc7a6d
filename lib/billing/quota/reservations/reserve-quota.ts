import type { Context } from '@/lib/core/context';
import { quotaEngine, reservationId } from '../engine/engine';
import { decisionOf, meteredBy } from '../meter';
import { decideOnTerms } from '../on-terms';
import { rememberMade } from './made-here';
import { reservationIn, reservationOf, type ReservationDecision } from './reservation';

export interface ReservationRequest {
  feature: string;
  /** Units to hold; 1 unless said. */
  quantity?: bigint;
  expiresInSeconds: number;
  /** Sent again with the same key, the same reservation is answered. */
  idempotencyKey?: string;
}

/**
 * Holds units until they are committed, released or expire: all of the quantity or nothing. Held units count against the
 * limit like used ones. Must not be called inside a transaction: it commits on its own.
 * Throws `unknown_feature`, `feature_not_metered`, `idempotency_key_reused`, `counter_overflow`, `overloaded`.
 */
export async function reserveQuota(context: Context, request: ReservationRequest): Promise<ReservationDecision> {
  const { feature, quantity = 1n, expiresInSeconds, idempotencyKey = null } = request;
  const id = reservationId(context.accountId, idempotencyKey, context.clock.now());
  return decideOnTerms(context, async (terms, now) => {
    const metered = meteredBy(terms, feature, now);
    const expiresAt = new Date(now.getTime() + expiresInSeconds * 1_000);
    const result = await quotaEngine().submit(feature, { ...metered.item, operation: 'reserve', id, keyText: idempotencyKey, quantity, expiresAt });
    rememberMade(context.accountId, 'reservation', id, metered, result);
    const decision = decisionOf(metered, quantity, result, null);
    return decision && { ...decision, reservation: decision.allowed ? reservationOf(id, reservationIn('reservation', result)) : null };
  });
}
