import { createTransport, type Transporter } from 'nodemailer';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { insertMail, listMail, type MailRow } from './store';

export interface Mail {
  recipient: string;
  subject: string;
  text: string;
}

let transport: Transporter | undefined;

/** Whether mail can reach people: through a mail server or, in a demo, by the outbox page. */
export function mailReachesPeople(): boolean {
  return !!settings().smtpUrl || settings().demo;
}

/** Hands a mail to the mail server or, without one, keeps it for the outbox page. Throws when the server refuses it. */
export async function sendMail(mail: Mail, clock: Clock): Promise<void> {
  const { smtpUrl, mailFrom } = settings();
  if (!smtpUrl) return insertMail(database(), { ...mail, id: newId('mail'), createdAt: clock.now() });
  transport ??= createTransport(smtpUrl);
  await transport.sendMail({ from: mailFrom, to: mail.recipient, subject: mail.subject, text: mail.text });
}

/** Whether mail is kept where the outbox page shows it: in a demo without a mail server only, since it holds sign-in links. */
export function outboxOpen(): boolean {
  return settings().demo && !settings().smtpUrl;
}

/** The newest mail that was kept. Throws `not_found` where the outbox is not open. */
export async function readOutbox(): Promise<MailRow[]> {
  if (!outboxOpen()) throw new DomainError('not_found');
  return listMail(database(), 50);
}
