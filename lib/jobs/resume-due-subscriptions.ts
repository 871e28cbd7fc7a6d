import { resumeDueSubscriptions } from '@/lib/billing/workflows/pause/resume-due-subscriptions';
import type { JobDefinition } from './job';

/** Ends every pause whose date has come. */
export const resumeDueSubscriptionsJob: JobDefinition = {
  name: 'resume-due-subscriptions',
  cron: '* * * * *',
  expireInSeconds: 15 * 60,
  run: (clock) => resumeDueSubscriptions(clock),
};
