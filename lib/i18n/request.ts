import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { getRequestConfig } from 'next-intl/server';
import { runningSession } from '@/lib/auth/session';
import type { RunningSession } from '@/lib/auth/sessions/sessions';
import { acceptedLanguage, defaultLanguage, isLanguage, type Language } from './languages';
import { messages } from './messages';
import { chosenLanguage } from './preferences';
import { isTimeZone } from './time-zones';

/**
 * next-intl's configuration of one request. The language is the one chosen in this browser, else kept for the person,
 * else asked for by the browser, else English; an explicit `locale` (a mail, a PDF) wins. Dates are shown in the time
 * zone of the account in view, else UTC.
 */
export default getRequestConfig(async ({ locale }) => {
  const session = await readerSession();
  const language = isLanguage(locale) ? locale : await requestLanguage(session);
  return { locale: language, messages: messages[language], timeZone: timeZoneOf(session) };
});

// Every page asks for its language, the error page too: a database that does not answer must not take that one down.
async function readerSession(): Promise<RunningSession | null> {
  try {
    return await runningSession();
  } catch (error) {
    unstable_rethrow(error);
    return null;
  }
}

async function requestLanguage(session: RunningSession | null): Promise<Language> {
  const chosen = await chosenLanguage();
  if (chosen) return chosen;
  const kept = session?.person.language;
  if (isLanguage(kept)) return kept;
  return acceptedLanguage((await headers()).get('accept-language')) ?? defaultLanguage;
}

function timeZoneOf(session: RunningSession | null): string {
  const timeZone = session?.membership?.account.timeZone;
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC';
}
