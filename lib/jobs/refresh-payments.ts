import { refreshUnfinishedCheckouts } from '@/lib/billing/workflows/checkout/refresh-unfinished';
import { refreshOpenAttempts } from '@/lib/billing/workflows/collect-payment/refresh-open-attempts';
import { dropOverdueHolds } from '@/lib/billing/workflows/pay-first/drop-overdue-holds';
import { detachRemovedMethods } from '@/lib/billing/workflows/store-method/remove-method';
import type { JobDefinition } from './job';

/** Asks the gateways what became of charges and pages that nobody has heard of, lets them forget methods that were removed, and drops changes that nobody paid. */
export const refreshPaymentsJob: JobDefinition = {
  name: 'refresh-payments',
  cron: '* * * * *',
  expireInSeconds: 15 * 60,
  run: async (clock) => {
    const attempts = await refreshOpenAttempts(clock);
    const checkouts = await refreshUnfinishedCheckouts(clock);
    const { dropped } = await dropOverdueHolds(clock);
    const { detached } = await detachRemovedMethods(clock);
    return { ended: attempts.ended + checkouts.ended, waiting: attempts.waiting + checkouts.waiting, dropped, detached };
  },
};
