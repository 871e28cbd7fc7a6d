import { expireReservations } from '@/lib/billing/quota/engine/expire-reservations';
import type { JobDefinition } from './job';

/** Ends reservations and leases that have expired, so that idle accounts see them end as well. */
export const expireReservationsJob: JobDefinition = {
  name: 'expire-reservations',
  cron: '* * * * *',
  expireInSeconds: 5 * 60,
  run: async (clock) => ({ counters: await expireReservations(clock) }),
};
