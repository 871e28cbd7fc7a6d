import { tellOfExpiringMethods } from '@/lib/billing/workflows/store-method/tell-of-expiry';
import type { JobDefinition } from './job';

/** Tells by mail of payment methods that expire soon, each once. */
export const tellOfExpiringMethodsJob: JobDefinition = {
  name: 'tell-of-expiring-methods',
  cron: '17 * * * *',
  expireInSeconds: 15 * 60,
  run: (clock) => tellOfExpiringMethods(clock),
};
