'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { languages, type Language } from '@/lib/i18n/languages';
import { preferenceCookies } from '@/lib/i18n/preferences';
import { themes, type Theme } from '@/lib/i18n/themes';

const oneYearSeconds = 365 * 24 * 60 * 60;

async function remember(name: string, value: string): Promise<void> {
  (await cookies()).set(name, value, { path: '/', maxAge: oneYearSeconds, sameSite: 'lax' });
}

const languageSchema = z.enum(Object.keys(languages) as [Language, ...Language[]]);

/** Keeps the language for this browser; the page is read again in it. */
export async function setLanguage(language: Language): Promise<void> {
  await remember(preferenceCookies.language, languageSchema.parse(language));
}

/** Keeps the theme for this browser. */
export async function setTheme(theme: Theme): Promise<void> {
  await remember(preferenceCookies.theme, z.enum(themes).parse(theme));
}
