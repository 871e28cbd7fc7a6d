import type { Database } from '@/lib/core/database';

export interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  createdAt: Date;
}

export async function insertMail(db: Database, mail: MailRow): Promise<void> {
  await db.mail.create({ data: mail });
}

export function listMail(db: Database, count: number): Promise<MailRow[]> {
  return db.mail.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: count });
}
