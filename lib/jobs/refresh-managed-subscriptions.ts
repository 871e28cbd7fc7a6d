import { refreshDueManaged } from '@/lib/billing/workflows/managed/refresh-managed';
import type { JobDefinition } from './job';

/** Asks the gateways how the subscriptions stand that they renew. */
export const refreshManagedSubscriptionsJob: JobDefinition = {
  name: 'refresh-managed-subscriptions',
  cron: '*/10 * * * *',
  expireInSeconds: 30 * 60,
  run: (clock) => refreshDueManaged(clock),
};
