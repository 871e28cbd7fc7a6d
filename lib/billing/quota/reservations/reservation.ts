import { DomainError } from '@/lib/core/errors';
import { idOfUuid, uuidOfId } from '@/lib/core/ids';
import type { MeteredReservation, MeterResult, ReservationStatus } from '../engine/meter-item';
import type { Decision } from '../quota';

/** Units held until they are committed, released or expire. */
export interface Reservation {
  /** `res_…` */
  id: string;
  status: ReservationStatus;
  /** Units that were held. */
  quantity: bigint;
  /** When the units return by themselves. */
  expiresAt: Date;
}

/** Units held for a client that answers from them in its own process. */
export interface Lease {
  /** `lease_…` */
  id: string;
  /** Units that may be used. */
  quantity: bigint;
  /** When it is counted in full unless it was settled. */
  expiresAt: Date;
}

/** A lease that has ended. */
export interface SettledLease {
  id: string;
  status: ReservationStatus;
  quantity: bigint;
  used: bigint;
  returned: bigint;
}

/** A decision, and the reservation that it made; none where it was refused. */
export type ReservationDecision = Decision & { reservation: Reservation | null };

/** A decision about a reservation, and how it stands then. */
export type CommitDecision = Decision & { reservation: Reservation };

/** A decision, and the lease that it granted; none where it was refused. */
export type LeaseDecision = Decision & { lease: Lease | null };

export type ReservationKind = 'reservation' | 'lease';

const prefixes = { reservation: 'res', lease: 'lease' } as const;

/** The UUID that a public id names. Throws `not_found` for what is no such id. */
export function uuidOf(kind: ReservationKind, id: string): string {
  const uuid = uuidOfId(prefixes[kind], id);
  if (uuid === null) throw noSuch(kind);
  return uuid;
}

export const noSuch = (kind: ReservationKind): DomainError => new DomainError('not_found', `No such ${kind}.`);

/** A reservation as its caller sees it. */
export function reservationOf(uuid: string, { status, quantity, expiresAt }: MeteredReservation): Reservation {
  return { id: idOfUuid('res', uuid), status, quantity, expiresAt };
}

/** The reservation that a result tells of. Throws `not_found`, and `reservation_settled` when it ended otherwise. */
export function reservationIn(kind: ReservationKind, { verdict, reservation }: Pick<MeterResult, 'verdict' | 'reservation'>): MeteredReservation {
  if (verdict === 'settled') throw new DomainError('reservation_settled');
  if (verdict === 'not_found' || !reservation) throw noSuch(kind);
  return reservation;
}
