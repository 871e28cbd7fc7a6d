import { raiseMoneyAlerts } from '@/lib/billing/alerts/raise-money-alerts';
import { moneyChannel } from '@/lib/billing/alerts/store';
import type { JobDefinition } from './job';

/** Raises the alerts of spend caps and budgets, as usage goes on and whenever one of them changes. */
export const raiseMoneyAlertsJob: JobDefinition = {
  name: 'raise-money-alerts',
  cron: '* * * * *',
  wokenBy: moneyChannel,
  expireInSeconds: 15 * 60,
  run: raiseMoneyAlerts,
};
