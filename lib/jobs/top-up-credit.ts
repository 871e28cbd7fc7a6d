import { buyForLowAccounts } from '@/lib/billing/workflows/top-up/buy-when-low';
import type { JobDefinition } from './job';

/** Buys prepaid credit for accounts that want that by itself and have too little. */
export const topUpCreditJob: JobDefinition = {
  name: 'top-up-credit',
  cron: '*/5 * * * *',
  expireInSeconds: 15 * 60,
  run: (clock) => buyForLowAccounts(clock),
};
