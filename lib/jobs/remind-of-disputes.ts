import { remindOfDeadlines } from '@/lib/billing/workflows/dispute/remind-of-deadlines';
import type { JobDefinition } from './job';

/** Reminds sellers of disputes whose answer is due soon. */
export const remindOfDisputesJob: JobDefinition = {
  name: 'remind-of-disputes',
  cron: '23 * * * *',
  expireInSeconds: 15 * 60,
  run: remindOfDeadlines,
};
