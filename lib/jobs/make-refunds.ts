import { refundChannel } from '@/lib/billing/payments/refunds/store';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import type { JobDefinition } from './job';

/** Asks gateways for refunds that are due: new ones as soon as they are written, and what became of those on their way. */
export const makeRefundsJob: JobDefinition = {
  name: 'make-refunds',
  cron: '* * * * *',
  wokenBy: refundChannel,
  expireInSeconds: 15 * 60,
  run: performRefunds,
};
