import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { meteredBy, type Metered } from '../meter';
import { accountTerms, type AccountTerms } from '../terms';
import { noSuch, uuidOf, type ReservationKind } from './reservation';
import { readReservation, type ReservationRow } from './store';

/** The account's reservation or lease of that public id. Throws `not_found`. */
export async function findReservation(context: Context, kind: ReservationKind, id: string): Promise<ReservationRow> {
  const row = await readReservation(database(), context.accountId, kind, uuidOf(kind, id));
  if (!row) throw noSuch(kind);
  return row;
}

/**
 * The terms of the reservation's own counter. What is committed counts now, or, where a new quota period has begun since, at
 * the moment of the reservation: its units were held in that period, and there they are counted.
 */
export async function termsOfReservation(context: Context, terms: AccountTerms, now: Date, { counterId, featureKey, createdAt }: ReservationRow): Promise<{ terms: AccountTerms; metered: Metered }> {
  const metered = meteredBy(terms, featureKey, now);
  if (metered.item.counterId === counterId) return { terms, metered };
  const termsThen = await accountTerms(context, createdAt);
  const meteredThen = meteredBy(termsThen, featureKey, createdAt);
  return { terms: termsThen, metered: { ...meteredThen, item: { ...meteredThen.item, counterId, recordedAt: now } } };
}
