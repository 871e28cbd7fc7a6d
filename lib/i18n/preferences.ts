import 'server-only';
import { cookies, headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { runningSession } from '@/lib/auth/session';
import { acceptedLanguage, defaultLanguage, isLanguage, type Language } from './languages';
import { preferenceCookies } from './preference-cookies';
import { isTheme, type Theme } from './themes';
import { isTimeZone } from './time-zones';

// Every page asks for its language, the error page too: a database that does not answer must not take that one down.
const session = cache(async () => {
  try {
    return await runningSession();
  } catch (error) {
    unstable_rethrow(error);
    return null;
  }
});

/** The language of this request: chosen in this browser, else kept for the person, else asked for by the browser, else English. */
export const requestLanguage = cache(async (): Promise<Language> => {
  const chosen = (await cookies()).get(preferenceCookies.language)?.value;
  if (isLanguage(chosen)) return chosen;
  const kept = (await session())?.person.language;
  if (isLanguage(kept)) return kept;
  return acceptedLanguage((await headers()).get('accept-language')) ?? defaultLanguage;
});

/** The theme of this request; `system` is resolved by the browser's media query. */
export const requestTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(preferenceCookies.theme)?.value;
  return isTheme(chosen) ? chosen : 'system';
});

/** The IANA time zone in which dates are shown: that of the account in view, else UTC. */
export const requestTimeZone = cache(async (): Promise<string> => {
  const timeZone = (await session())?.membership?.account.timeZone;
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
});
