import { retryDueDunnings } from '@/lib/billing/workflows/dunning/retry-due';
import { dunningChannel } from '@/lib/billing/payments/store';
import type { JobDefinition } from './job';

/** Charges invoices again whose day in the dunning schedule has come, or that are to be charged before. */
export const retryPaymentsJob: JobDefinition = {
  name: 'retry-payments',
  cron: '* * * * *',
  wokenBy: dunningChannel,
  expireInSeconds: 15 * 60,
  run: (clock) => retryDueDunnings(clock),
};
