'use server';

import { z } from 'zod';
import { setLanguage } from '@/components/shell/set-preference';
import { rememberLanguage } from '@/lib/auth/people';
import { runningSession } from '@/lib/auth/session';
import { switchAccount } from '@/lib/auth/sessions/switch-account';
import { DomainError } from '@/lib/core/errors';
import type { Language } from '@/lib/i18n/languages';

/** Works in another account of the person from here on. Throws when they do not belong to it. */
export async function chooseAccount(accountId: string): Promise<void> {
  const session = await runningSession();
  if (!session) throw new DomainError('session_expired');
  await switchAccount(session, z.string().max(100).parse(accountId));
}

/** Keeps the language for this browser and for the person. */
export async function chooseLanguage(language: Language): Promise<void> {
  await setLanguage(language);
  const session = await runningSession();
  if (session) await rememberLanguage(session.person.id, language);
}
