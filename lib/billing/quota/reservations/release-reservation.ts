import type { Context } from '@/lib/core/context';
import { quotaEngine } from '../engine/engine';
import { accountTerms } from '../terms';
import { findReservation, meteredReservation } from './find-reservation';
import { reservationIn, reservationOf, type Reservation } from './reservation';

/**
 * Returns the units of a reservation. Releasing it twice, or after it expired, is harmless.
 * Must not be called inside a transaction: it commits on its own.
 * Throws `not_found`, `reservation_settled` when it was committed, `overloaded`.
 */
export async function releaseReservation(context: Context, publicId: string): Promise<Reservation> {
  const reservation = await findReservation(context, 'reservation', publicId);
  const now = context.clock.now();
  const { item } = await meteredReservation(context, await accountTerms(context, now), now, reservation);
  const { counterId, occurredAt, recordedAt, hour, day } = item;
  const { id, featureKey } = reservation;
  const result = await quotaEngine().submit(featureKey, { operation: 'release', id, counterId, occurredAt, recordedAt, hour, day });
  return reservationOf(id, reservationIn('reservation', result));
}
