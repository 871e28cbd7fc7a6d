import { createTransport, type Transporter } from 'nodemailer';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { log } from '@/lib/core/log';
import { insertDueMail, insertMail, listMail, noteMail, takeDueMail, type DueMail, type MailRow } from './store';

export interface Mail {
  recipient: string;
  subject: string;
  text: string;
  /** The invoice whose PDF it brings. */
  invoiceId?: string | null;
}

/** A file that goes along with a mail. */
export interface Attachment {
  filename: string;
  contentType: string;
  content: Uint8Array;
}

/** Makes the PDF of an invoice. */
export type Attach = (invoice: { id: string; accountId: string }) => Promise<Attachment>;

let transport: Transporter | undefined;

/** Whether mail can reach people: through a mail server or, in a demo, by the outbox page. */
export function mailReachesPeople(): boolean {
  return !!settings().smtpUrl || settings().demo;
}

/** Hands a mail to the mail server or, without one, keeps it for the outbox page. Throws when the server refuses it. */
export async function sendMail(mail: Mail, clock: Clock): Promise<void> {
  const { smtpUrl, mailFrom } = settings();
  if (!smtpUrl) return insertMail(database(), { ...mail, id: newId('mail'), createdAt: clock.now() });
  await handOver(mail, smtpUrl, mailFrom);
}

async function handOver({ recipient, subject, text }: Mail, smtpUrl: string, from: string, attachment: Attachment | null = null): Promise<void> {
  transport ??= createTransport(smtpUrl);
  const attachments = attachment ? [{ ...attachment, content: Buffer.from(attachment.content) }] : [];
  await transport.sendMail({ from, to: recipient, subject, text, attachments });
}

/**
 * Keeps a mail in the transaction of what it tells; a job hands it to the mail server when that commits, and tries again
 * when the server refuses it. Without a mail server it stays for the outbox page, where there is one.
 */
export async function queueMail(mail: Mail, clock: Clock): Promise<void> {
  if (!mailReachesPeople()) return;
  const keep = settings().smtpUrl ? insertDueMail : insertMail;
  await keep(database(), { ...mail, id: newId('mail'), createdAt: clock.now() });
}

/** Minutes to wait after each attempt that the mail server refused; after the last it is given up. */
const waits = [1, 5, 15, 60, 240, 720];
const together = 20;

/** What goes along with the mail. One that cannot be made keeps no mail back: it leads to the invoice by its link anyway. */
async function attachmentFor({ id, invoice }: DueMail, attach: Attach): Promise<Attachment | null> {
  if (!invoice) return null;
  try {
    return await attach(invoice);
  } catch (error) {
    log('mail').warn({ err: error, mail: id, invoice: invoice.id }, 'an invoice goes without its PDF');
    return null;
  }
}

/**
 * Hands over what is due, with the PDF of the invoice that it is about, which `attach` makes. Any number of processes may run it:
 * each mail is taken by one of them.
 */
export async function sendDueMail(clock: Clock, attach: Attach): Promise<{ sent: number; refused: number }> {
  const counts = { sent: 0, refused: 0 };
  const { smtpUrl, mailFrom } = settings();
  if (!smtpUrl) return counts;
  const later = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);
  for (;;) {
    const taken = await takeDueMail(database(), clock.now(), later(10), together);
    if (taken.length === 0) return counts;
    for (const mail of taken) {
      try {
        await handOver(mail, smtpUrl, mailFrom, await attachmentFor(mail, attach));
        await noteMail(database(), mail.id, { sentAt: clock.now(), dueAt: null });
        counts.sent += 1;
      } catch (error) {
        log('mail').warn({ err: error, mail: mail.id, attempts: mail.attempts }, 'the mail server refused a mail');
        const wait = waits[mail.attempts - 1];
        await noteMail(database(), mail.id, { sentAt: null, dueAt: wait === undefined ? null : later(wait) });
        counts.refused += 1;
      }
    }
  }
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
