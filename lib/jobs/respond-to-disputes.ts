import { performResponses } from '@/lib/billing/workflows/dispute/perform-responses';
import type { JobDefinition } from './job';

/** Sends responses to disputes again whose payment provider did not answer. */
export const respondToDisputesJob: JobDefinition = {
  name: 'respond-to-disputes',
  cron: '* * * * *',
  expireInSeconds: 15 * 60,
  run: performResponses,
};
