import { requestDaily } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { runReconciliations } from '@/lib/billing/workflows/reconciliation/run-reconciliations';
import { reconciliationChannel } from '@/lib/billing/workflows/reconciliation/store';
import type { JobDefinition } from './job';

/** Compares our books with those of gateways: once a day, and as soon as somebody asks. */
export const reconcilePaymentsJob: JobDefinition = {
  name: 'reconcile-payments',
  cron: '23 * * * *',
  wokenBy: reconciliationChannel,
  expireInSeconds: 60 * 60,
  run: async (clock) => {
    await requestDaily(clock);
    return runReconciliations(clock);
  },
};
