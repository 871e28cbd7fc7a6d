import { retryDueDunnings } from '@/lib/billing/workflows/dunning/retry-due';
import type { JobDefinition } from './job';

/** Charges invoices again whose day in the dunning schedule has come. */
export const retryPaymentsJob: JobDefinition = {
  name: 'retry-payments',
  cron: '* * * * *',
  expireInSeconds: 15 * 60,
  run: (clock) => retryDueDunnings(clock),
};
