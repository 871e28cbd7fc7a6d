import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { attemptChannel } from '@/lib/billing/payments/store';
import type { JobDefinition } from './job';

/** Asks the gateway about charges that are due: new ones as soon as they are written. */
export const collectPaymentsJob: JobDefinition = {
  name: 'collect-payments',
  cron: '* * * * *',
  wokenBy: attemptChannel,
  expireInSeconds: 15 * 60,
  run: (clock) => performPayments(clock),
};
