import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { quotaEngine } from '../engine/engine';
import type { UsageDimensions } from '../engine/meter-item';
import { accountTerms } from '../terms';
import { findReservation, meteredReservation } from './find-reservation';
import { reservationIn, type SettledLease } from './reservation';

export interface Settlement extends UsageDimensions {
  /** Public id of the lease. */
  lease: string;
  /** Units that were used, at most what was leased. */
  used: bigint;
}

/**
 * Counts what was used of a lease and returns the rest. After the lease expired, and so was counted in full, the rest is
 * given back by a correction. The same settlement again is answered as the first time.
 * Must not be called inside a transaction: it commits on its own.
 * Throws `not_found`, `invalid_request` for more than was leased, `reservation_settled` when it was settled otherwise, `overloaded`.
 */
export async function settleLease(context: Context, settlement: Settlement): Promise<SettledLease> {
  const { lease: publicId, used, ...dimensions } = settlement;
  const lease = await findReservation(context, 'lease', publicId);
  if (used > lease.quantity) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'used', message: `Only ${lease.quantity} units were leased.` }] });
  }
  const now = context.clock.now();
  const { item } = await meteredReservation(context, await accountTerms(context, now), now, lease);
  const { counterId, limit, occurredAt, recordedAt, hour, day } = item;
  const { id, featureKey } = lease;
  const moment = { occurredAt, recordedAt, hour, day };
  const result = await quotaEngine().submit(featureKey, { operation: 'settle', id, counterId, quantity: used, limit, dimensions, ...moment });
  if (result.verdict === 'overflow') throw new DomainError('counter_overflow');
  const { status, quantity } = reservationIn('lease', result);
  return { id: publicId, status, quantity, used, returned: quantity - used };
}
