import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { endExpired, readDueCounters } from './store';

const countersAtOnce = 100;

/**
 * Ends the reservations and leases of all accounts that have expired: reservations give their units back, leases are counted in
 * full. Decisions do the same for the counter they are about, so this is for counters that nobody asks. Returns the number of counters.
 * `testClockId`: for accounts that live by that clock; null: by real time.
 */
export async function expireReservations(clock: Clock, testClockId: string | null = null): Promise<number> {
  const now = clock.now();
  for (let counters = 0; ; ) {
    const due = await readDueCounters(database(), now, countersAtOnce, testClockId);
    if (due.length === 0) return counters;
    await endExpired(due, now);
    counters += due.length;
  }
}
