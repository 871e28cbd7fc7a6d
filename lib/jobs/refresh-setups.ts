import { refreshSetupsEvery, refreshUnfinishedSetups } from '@/lib/billing/workflows/store-method/refresh-unfinished-setups';
import type { JobDefinition } from './job';

/** Asks the gateways what became of payment methods that customers began to store and left. */
export const refreshSetupsJob: JobDefinition = {
  name: 'refresh-setups',
  cron: `*/${refreshSetupsEvery} * * * *`,
  expireInSeconds: 10 * 60,
  run: (clock) => refreshUnfinishedSetups(clock),
};
