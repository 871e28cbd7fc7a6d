import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import { formatMoney } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What a mail tells when credit could not be bought by itself. */
export interface TopUpFacts {
  recipient: { name: string; email: string };
  account: string;
  /** Minor units. */
  amountMinor: bigint;
  currency: string;
  failureCode: keyof (typeof messages)['en']['payments']['reason'];
}

/** The mail that tells a person that credit could not be bought by itself, and what to do. */
export function topUpMail(facts: TopUpFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'payments' });
  const { account } = facts;
  const amount = formatMoney({ minor: facts.amountMinor.toString(), currency: facts.currency }, locale);
  const lines = [
    text('mail.greeting', { name: facts.recipient.name }),
    text('topUpMail.failed', { account, amount }),
    text(`reason.${facts.failureCode}`),
    text('topUpMail.paused', { link: `${settings().appUrl}/billing` }),
    text('mail.why'),
  ];
  return { recipient: facts.recipient.email, subject: text('topUpMail.subject', { account }), text: lines.join('\n\n') };
}
