import { makeUsagePartitions } from '@/lib/billing/usage/store';
import { database } from '@/lib/core/database';
import type { JobDefinition } from './job';

const monthsAhead = 3;

/** Makes the tables in which the usage of this month and the next ones is kept, well before the first event. */
export const makeUsagePartitionsJob: JobDefinition = {
  name: 'make-usage-partitions',
  cron: '17 3 * * *',
  expireInSeconds: 5 * 60,
  run: async (clock) => {
    await makeUsagePartitions(database(), clock.now(), 1 + monthsAhead);
    return { months: 1 + monthsAhead };
  },
};
