import { deliverDue } from '@/lib/webhooks/outbox/deliver';
import { deliveryChannel } from '@/lib/webhooks/outbox/store';
import type { JobDefinition } from './job';

/** Sends webhooks that are due: new ones as soon as they are written, others when their next attempt has come. */
export const deliverWebhooksJob: JobDefinition = {
  name: 'deliver-webhooks',
  cron: '* * * * *',
  wokenBy: deliveryChannel,
  expireInSeconds: 15 * 60,
  run: deliverDue,
};
