import { raiseOutlookAlerts } from '@/lib/billing/alerts/raise-outlook-alerts';
import type { JobDefinition } from './job';

/** Raises the alerts of forecasts and unusual use, of accounts that used something in the last hour. */
export const raiseOutlookAlertsJob: JobDefinition = {
  name: 'raise-outlook-alerts',
  cron: '7 * * * *',
  expireInSeconds: 55 * 60,
  run: raiseOutlookAlerts,
};
