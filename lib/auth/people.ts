import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Language } from '@/lib/i18n/languages';
import { hashPassword, passwordLimit } from './sign-in/password';
import { findUserByEmail, insertUser, setUserLanguage } from './sign-in/store';

export interface NewPerson {
  email: string;
  name: string;
  language: Language;
  /** Without one the person signs in by e-mail link. */
  password?: string;
}

/** Adds a person, who belongs to no account yet. Returns their id; throws `conflict` when the e-mail is taken. */
export async function createPerson({ email, name, language, password }: NewPerson, clock: Clock): Promise<string> {
  if (password !== undefined && password.length > passwordLimit) throw new DomainError('invalid_request', 'The password is too long.');
  const address = email.trim().toLowerCase();
  if (await findUserByEmail(database(), address)) throw new DomainError('conflict', 'The e-mail address is taken.');
  const id = newId('usr');
  const passwordHash = password === undefined ? null : await hashPassword(password);
  await insertUser(database(), { id, email: address, name, language, passwordHash, createdAt: clock.now() });
  return id;
}

/** Keeps the language that a person reads in, for their mail and for other browsers. */
export async function rememberLanguage(personId: string, language: Language): Promise<void> {
  await setUserLanguage(database(), personId, language);
}
