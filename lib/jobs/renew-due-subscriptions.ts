import { renewDueSubscriptions } from '@/lib/billing/workflows/renew-subscription/renew-due-subscriptions';
import type { JobDefinition } from './job';

/** Takes every subscription whose period is over to the next one. */
export const renewDueSubscriptionsJob: JobDefinition = {
  name: 'renew-due-subscriptions',
  cron: '* * * * *',
  expireInSeconds: 15 * 60,
  run: renewDueSubscriptions,
};
