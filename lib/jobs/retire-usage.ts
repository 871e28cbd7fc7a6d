import { retireUsage } from '@/lib/billing/usage/retire-usage';
import type { JobDefinition } from './job';

/** Takes months of usage events out that are older than what `USAGE_MONTHS_KEPT` says. */
export const retireUsageJob: JobDefinition = {
  name: 'retire-usage',
  cron: '43 3 * * *',
  expireInSeconds: 15 * 60,
  run: async (clock) => ({ ...(await retireUsage(clock)) }),
};
