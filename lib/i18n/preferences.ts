import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { embedHeader, embedLanguageHeader, embedThemeHeader } from '@/lib/core/embed-header';
import { pageAddressHeader } from '@/lib/core/page-address';
import { isLanguage, type Language } from './languages';
import { isTheme, type Theme } from './themes';

/** The cookies that keep how this browser likes to read. */
export const preferenceCookies = { language: 'language', theme: 'theme' } as const;

/**
 * What the page around the portal's frame wants, or null: as the frame says with what it fetches, and for its first page in the
 * address. There the choices of this browser do not count, since the other page may look otherwise.
 */
async function chosenInFrame(header: string, name: string): Promise<{ chosen: string | null } | null> {
  const sent = await headers();
  if (!sent.has(embedHeader)) return null;
  const address = new URL(sent.get(pageAddressHeader) ?? '/', 'http://localhost');
  return { chosen: sent.get(header) ?? address.searchParams.get(name) };
}

/** The language chosen in this browser, if any. What a page is shown in is next-intl's `getLocale()`. */
export const chosenLanguage = cache(async (): Promise<Language | null> => {
  const framed = await chosenInFrame(embedLanguageHeader, 'language');
  const chosen = framed ? framed.chosen : (await cookies()).get(preferenceCookies.language)?.value;
  return isLanguage(chosen) ? chosen : null;
});

/** The theme of this request; `system` is resolved by the browser's media query. */
export const requestTheme = cache(async (): Promise<Theme> => {
  const framed = await chosenInFrame(embedThemeHeader, 'theme');
  const chosen = framed ? framed.chosen : (await cookies()).get(preferenceCookies.theme)?.value;
  return isTheme(chosen) ? chosen : 'system';
});
