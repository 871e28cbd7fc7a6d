import { raiseAlerts } from '@/lib/billing/alerts/raise-alerts';
import { crossingChannel } from '@/lib/billing/alerts/store';
import type { JobDefinition } from './job';

/** Raises the alerts of thresholds that usage has reached, as soon as it does. */
export const raiseQuotaAlertsJob: JobDefinition = {
  name: 'raise-quota-alerts',
  cron: '* * * * *',
  wokenBy: crossingChannel,
  expireInSeconds: 15 * 60,
  run: raiseAlerts,
};
