import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { readProofs, type CounterProof, type FeatureProof } from './store';

/** A figure that is not what it must be. */
export interface Discrepancy {
  feature: string;
  /** Start of the period of the counter it was found in; null for the rollups of a feature, which cross periods. */
  periodStart: Date | null;
  /**
   * `used` and `events` are compared with the events, `held` and `next_expiry` with the open reservations, the rollups with
   * the counters, `keys` with the events that have one.
   */
  figure: 'used' | 'events' | 'held' | 'next_expiry' | 'keys' | 'hours' | 'days' | 'breakdown';
  stored: string;
  computed: string;
}

export interface Proof {
  counters: number;
  discrepancies: Discrepancy[];
}

const differs = (
  feature: string, periodStart: Date | null, figure: Discrepancy['figure'], stored: bigint | boolean, computed: bigint | boolean,
): Discrepancy[] => (stored === computed ? [] : [{ feature, periodStart, figure, stored: String(stored), computed: String(computed) }]);

const ofCounter = (proof: CounterProof): Discrepancy[] => {
  const of = (figure: Discrepancy['figure'], stored: bigint | boolean, computed: bigint | boolean) =>
    differs(proof.featureKey, proof.periodStart, figure, stored, computed);
  return [
    ...of('used', proof.used, proof.usedByEvents),
    ...of('events', proof.events, proof.eventsCounted),
    ...of('held', proof.held, proof.heldByReservations),
    ...of('next_expiry', proof.expiryKnown, true),
    ...of('keys', proof.keys, proof.keyedEvents),
  ];
};

const ofFeature = (proof: FeatureProof): Discrepancy[] => {
  const of = (figure: Discrepancy['figure'], stored: bigint, computed: bigint) => differs(proof.featureKey, null, figure, stored, computed);
  return [
    ...of('hours', proof.byHours, proof.used),
    ...of('days', proof.byDays, proof.used),
    ...of('breakdown', proof.byBreakdown, proof.usedWithDimensions),
  ];
};

/**
 * Recomputes the account's counters from events, reservations and rollups, and tells what differs: because a row was changed by
 * hand, or by a fault. `since`: counters of periods that began before are not compared with events, which may be kept no longer.
 * Reads one snapshot, so it may run while the account is busy.
 */
export async function proveCounters(context: Context, { since = new Date(0) }: { since?: Date } = {}): Promise<Proof> {
  const { counters, features } = await readProofs(database(), context.accountId, since);
  return { counters: counters.length, discrepancies: [...counters.flatMap(ofCounter), ...features.flatMap(ofFeature)] };
}
