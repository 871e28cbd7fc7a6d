import type { Database } from '@/lib/core/database';

/** The channel on which those who send mail hear that some is due. */
export const mailChannel = 'mail_due';

export interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  createdAt: Date;
  /** The invoice whose PDF it brings. */
  invoiceId?: string | null;
}

/** Mail that was taken to be handed over. */
export interface DueMail extends MailRow {
  /** This attempt included. */
  attempts: number;
  invoice: { id: string; accountId: string } | null;
}

export async function insertMail(db: Database, mail: MailRow): Promise<void> {
  await db.mail.create({ data: mail });
}

export function listMail(db: Database, count: number): Promise<MailRow[]> {
  return db.mail.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: count });
}

/** Keeps mail that is to be handed over at once, and wakes who does when the transaction commits. */
export async function insertDueMail(db: Database, mail: MailRow): Promise<void> {
  await db.mail.create({ data: { ...mail, dueAt: mail.createdAt } });
  await db.$executeRaw`SELECT pg_notify(${mailChannel}, '')`;
}

/** Takes mail that is due, for one attempt. Nobody else takes it until `again`. */
export function takeDueMail(db: Database, now: Date, again: Date, most: number): Promise<DueMail[]> {
  return db.$queryRaw`
    UPDATE mail SET attempts = attempts + 1, due_at = ${again}
    WHERE id IN (SELECT id FROM mail WHERE due_at <= ${now} ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id, recipient, subject, text, created_at AS "createdAt", attempts,
      (SELECT json_build_object('id', i.id, 'accountId', i.account_id) FROM invoice i WHERE i.id = mail.invoice_id) AS invoice`;
}

/** Notes that the mail was handed over (`sentAt`), or when to try again; neither: it is given up. */
export async function noteMail(db: Database, id: string, outcome: { sentAt: Date | null; dueAt: Date | null }): Promise<void> {
  await db.mail.update({ where: { id }, data: outcome });
}

/** Deletes mail handed over before the moment. Returns how much. */
export async function deleteSentMail(db: Database, before: Date): Promise<number> {
  return (await db.mail.deleteMany({ where: { sentAt: { lt: before } } })).count;
}
