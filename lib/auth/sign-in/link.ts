import { createTranslator } from 'next-intl';
import type { EmailConfig } from 'next-auth/providers/email';
import { systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { log } from '@/lib/core/log';
import { settings } from '@/lib/core/settings';
import { isLanguage, type Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import { sendMail } from '@/lib/notify/mail';
import { emailInput } from './sign-in';
import { findUserByEmail } from './store';

export const linkMinutes = 15;

/** The page that a mailed link opens. It asks for one more click, since mail scanners open links and would use them up. */
function linkAddress(callback: URL): string {
  const address = new URL('/sign-in/link', settings().appUrl);
  address.search = callback.search;
  return address.href;
}

/** Mails the link to somebody we know; for anyone else nothing is sent and nobody can tell the difference. */
async function mailLink(email: string, callback: URL, readerLanguage: Language): Promise<void> {
  const user = await findUserByEmail(database(), email);
  if (!user) return;
  const locale = isLanguage(user.language) ? user.language : readerLanguage;
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'auth.mail' });
  await sendMail(
    { recipient: email, subject: text('subject'), text: text('text', { name: user.name, minutes: linkMinutes, link: linkAddress(callback) }) },
    systemClock,
  );
}

/** Sign-in by a link in a mail, good for one use within 15 minutes. */
export function emailProvider(readerLanguage: Language): EmailConfig {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    server: '',
    from: '',
    maxAge: linkMinutes * 60,
    options: {},
    normalizeIdentifier: (text) => emailInput.parse(text),
    sendVerificationRequest: async ({ identifier, url }) => {
      const sending = mailLink(identifier, new URL(url), readerLanguage).catch((error: unknown) => {
        log('auth').error({ err: error }, 'the mail with the sign-in link could not be sent');
      });
      // A mail server's delay would tell that the address is known; the local outbox has none.
      if (!settings().smtpUrl) await sending;
    },
  };
}
