import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

export type PaymentNotice = 'payment_failed' | 'action_required' | 'given_up' | 'recovered';

/** What a mail about collecting an invoice tells, in the reader's words. */
export interface PaymentFacts {
  notice: PaymentNotice;
  recipient: { name: string; email: string };
  account: string;
  invoiceId: string;
  number: string;
  /** Minor units: what is still to pay; once paid, what was. */
  amountMinor: bigint;
  currency: string;
  failureCode: keyof (typeof messages)['en']['payments']['reason'];
  /** When it is charged again; null: never. */
  nextAttemptAt: Date | null;
  /** IANA name. */
  timeZone: string;
}

/** The mail that tells a person of a step in collecting an invoice. */
export function paymentMail(facts: PaymentFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'payments' });
  const { notice, account, number, nextAttemptAt } = facts;
  const amount = formatMoney({ minor: facts.amountMinor.toString(), currency: facts.currency }, locale);
  const failed = notice === 'payment_failed' || notice === 'given_up';
  const lines = [
    text('mail.greeting', { name: facts.recipient.name }),
    text(`mail.${notice}`, { account, number, amount }),
    failed ? text(`reason.${facts.failureCode}`) : '',
    nextAttemptAt && notice !== 'recovered' ? text('mail.next', { date: formatDate(nextAttemptAt.toISOString(), locale, facts.timeZone) }) : '',
    notice === 'recovered' ? '' : text('mail.look', { link: `${settings().appUrl}/billing/${facts.invoiceId}?open=pay` }),
    text('mail.why'),
  ];
  return { recipient: facts.recipient.email, subject: text(`subject.${notice}`, { account, number }), text: lines.filter(Boolean).join('\n\n') };
}
