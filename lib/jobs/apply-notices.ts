import { applyNotices } from '@/lib/webhooks/inbox/apply-notices';
import { noticeChannel } from '@/lib/webhooks/inbox/store';
import type { JobDefinition } from './job';

/** Applies what gateways told: new notices as soon as they are kept, others when their next attempt has come. */
export const applyNoticesJob: JobDefinition = {
  name: 'apply-notices',
  cron: '* * * * *',
  wokenBy: noticeChannel,
  expireInSeconds: 15 * 60,
  run: applyNotices,
};
