import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What a mail about a payment method that expires soon tells, in the reader's words. */
export interface ExpiryFacts {
  recipient: { name: string; email: string };
  account: string;
  /** Such as `Visa •••• 4242`. */
  label: string;
  /** Whether invoices are charged to it. */
  isDefault: boolean;
  /** The month up to whose end it may be charged. */
  expiryMonth: number;
  expiryYear: number;
}

/** The mail that tells a person of a payment method that expires soon. */
export function expiryMail({ recipient, account, label, isDefault, expiryMonth, expiryYear }: ExpiryFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'payments' });
  const expiry = `${String(expiryMonth).padStart(2, '0')}/${expiryYear}`;
  const lines = [
    text('mail.greeting', { name: recipient.name }),
    text('expiry.text', { account, label, expiry }),
    isDefault ? text('expiry.default') : text('expiry.other'),
    text('expiry.update', { link: `${settings().appUrl}/billing` }),
    text('mail.why'),
  ];
  return { recipient: recipient.email, subject: text('expiry.subject', { account, label }), text: lines.join('\n\n') };
}
