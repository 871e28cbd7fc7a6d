import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { acceptedLanguage, defaultLanguage, isLanguage, type Language } from './languages';
import { isTheme, type Theme } from './themes';
import { isTimeZone } from './time-zones';

/** The cookies that keep a person's choices; sign-in and account switching may set them too. */
export const preferenceCookies = { language: 'language', theme: 'theme', timeZone: 'time_zone' } as const;

/** The language of this request: chosen before, else asked for by the browser, else English. */
export const requestLanguage = cache(async (): Promise<Language> => {
  const chosen = (await cookies()).get(preferenceCookies.language)?.value;
  if (isLanguage(chosen)) return chosen;
  return acceptedLanguage((await headers()).get('accept-language')) ?? defaultLanguage;
});

/** The theme of this request; `system` is resolved by the browser's media query. */
export const requestTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(preferenceCookies.theme)?.value;
  return isTheme(chosen) ? chosen : 'system';
});

/** The IANA time zone in which dates are shown: that of the current account, else UTC. */
export const requestTimeZone = cache(async (): Promise<string> => {
  const chosen = (await cookies()).get(preferenceCookies.timeZone)?.value;
  return chosen !== undefined && isTimeZone(chosen) ? chosen : 'UTC';
});
