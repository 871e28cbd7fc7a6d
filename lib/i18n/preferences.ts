import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { isLanguage, type Language } from './languages';
import { isTheme, type Theme } from './themes';

/** The cookies that keep how this browser likes to read. */
export const preferenceCookies = { language: 'language', theme: 'theme' } as const;

/** The language chosen in this browser, if any. What a page is shown in is next-intl's `getLocale()`. */
export const chosenLanguage = cache(async (): Promise<Language | null> => {
  const chosen = (await cookies()).get(preferenceCookies.language)?.value;
  return isLanguage(chosen) ? chosen : null;
});

/** The theme of this request; `system` is resolved by the browser's media query. */
export const requestTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(preferenceCookies.theme)?.value;
  return isTheme(chosen) ? chosen : 'system';
});
