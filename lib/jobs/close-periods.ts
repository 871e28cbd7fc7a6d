import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import type { JobDefinition } from './job';

/** Takes every subscription whose period is over to the next one. */
export const closePeriodsJob: JobDefinition = {
  name: 'close-periods',
  cron: '* * * * *',
  expireInSeconds: 60 * 60,
  run: (clock) => closeDuePeriods(clock),
};
