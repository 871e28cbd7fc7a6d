import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { meteredBy, type Metered } from '../meter';
import { accountTerms, type AccountTerms } from '../terms';
import { madeHere } from './made-here';
import { noSuch, uuidOf, type ReservationKind } from './reservation';
import { readReservation, type ReservationRow } from './store';

/** The account's reservation or lease of that public id. Throws `not_found`. */
export async function findReservation(context: Context, kind: ReservationKind, id: string): Promise<ReservationRow> {
  const uuid = uuidOf(kind, id);
  const row = madeHere(context.accountId, kind, uuid) ?? (await readReservation(database(), context.accountId, kind, uuid));
  if (!row) throw noSuch(kind);
  return row;
}

/**
 * How the engine is to decide about the reservation's own counter. What is committed counts now, or, where a new quota period
 * has begun since, at the moment of the reservation: its units were held in that period, and there they are counted.
 */
export async function meteredReservation(context: Context, terms: AccountTerms, now: Date, { counterId, featureKey, createdAt }: ReservationRow): Promise<Metered> {
  const metered = meteredBy(terms, featureKey, now);
  if (metered.item.counterId === counterId) return metered;
  const then = meteredBy(await accountTerms(context, createdAt), featureKey, createdAt);
  return { ...then, item: { ...then.item, counterId, recordedAt: now } };
}
