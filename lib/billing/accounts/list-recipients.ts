import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { languages, type Language, type MemberRole } from './account';
import { readRecipients } from './store';

/** Somebody whom mail about the account is sent to. */
export interface Recipient {
  name: string;
  email: string;
  /** Their own, or else the account's. */
  language: Language;
}

const isLanguage = (text: string | null): text is Language => languages.some((language) => language === text);

/** Those who belong to the account in one of the roles; who has chosen no language reads `accountLanguage`. */
export async function listRecipients(context: Context, roles: readonly MemberRole[], accountLanguage: Language): Promise<Recipient[]> {
  const people = await readRecipients(database(), context.accountId, roles);
  return people.map(({ name, email, language }) => ({ name, email, language: isLanguage(language) ? language : accountLanguage }));
}
