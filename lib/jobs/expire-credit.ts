import { expireDueCredit } from '@/lib/billing/credits/expire-credit';
import type { JobDefinition } from './job';

/** Books prepaid credit that has run out, so that idle accounts see it end as well. */
export const expireCreditJob: JobDefinition = {
  name: 'expire-credit',
  cron: '*/10 * * * *',
  expireInSeconds: 15 * 60,
  run: async (clock) => ({ accounts: await expireDueCredit(clock) }),
};
