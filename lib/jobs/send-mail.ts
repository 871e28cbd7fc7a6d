import { sendDueMail } from '@/lib/notify/mail';
import { mailChannel } from '@/lib/notify/store';
import { invoiceAttachment } from './invoice-attachment';
import type { JobDefinition } from './job';

/** Hands mail that waits to the mail server. */
export const sendMailJob: JobDefinition = {
  name: 'send-mail',
  cron: '* * * * *',
  wokenBy: mailChannel,
  expireInSeconds: 15 * 60,
  run: (clock) => sendDueMail(clock, invoiceAttachment),
};
