import type { Context } from '@/lib/core/context';
import { quotaEngine } from '../engine/engine';
import type { UsageDimensions } from '../engine/meter-item';
import { decisionOf } from '../meter';
import { decideOnTerms } from '../on-terms';
import { findReservation, meteredReservation } from './find-reservation';
import { reservationIn, reservationOf, type CommitDecision } from './reservation';

export interface Commitment extends UsageDimensions {
  /** Public id of the reservation. */
  reservation: string;
  /** What was really used; all that was held unless said. */
  quantity?: bigint;
}

/**
 * Counts what was really used of a reservation and returns the rest. Up to what was held is always accepted; more is decided
 * like a consumption, and where that is refused nothing is taken and the reservation stays held. After it expired all of
 * it is decided like a consumption. The same commit again is answered as the first time.
 * Must not be called inside a transaction: it commits on its own.
 * Throws `not_found`, `reservation_settled` when it ended otherwise, `counter_overflow`, `overloaded`.
 */
export async function commitReservation(context: Context, commitment: Commitment): Promise<CommitDecision> {
  const { reservation: publicId, quantity: said, ...dimensions } = commitment;
  const reservation = await findReservation(context, 'reservation', publicId);
  const quantity = said ?? reservation.quantity;
  return decideOnTerms(context, async (terms, now) => {
    const metered = await meteredReservation(context, terms, now, reservation);
    const { id, featureKey } = reservation;
    const result = await quotaEngine().submit(featureKey, { ...metered.item, operation: 'commit', id, quantity, dimensions });
    if (result.verdict === 'terms_changed') return null;
    const ended = reservationIn('reservation', result);
    const decision = decisionOf(metered, quantity, result, quantity === 0n ? null : id);
    return decision && { ...decision, reservation: reservationOf(id, ended) };
  });
}
