import { createTranslator } from 'next-intl';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What a mail to the seller about a disputed payment tells. */
export interface DisputeFacts {
  state: keyof (typeof messages)['en']['payments']['dispute']['subject'];
  loss: 'write_off' | 'reopen' | null;
  seller: string;
  recipient: string;
  account: string;
  /** Of the invoice; empty where the payment bought credit. */
  number: string;
  /** Minor units. */
  amountMinor: bigint;
  currency: string;
  reason: string;
  reference: string;
  respondBy: Date | null;
  /** Whether the payment provider takes an answer. */
  canAnswer: boolean;
  /** Whether the seller was told before and has not answered. */
  isReminder: boolean;
}

/** The mail that tells the seller of a dispute, or that its answer is due, in the seller's language. */
export function disputeMail(facts: DisputeFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'payments.dispute' });
  const { state, account, number, reason, reference, respondBy, loss, canAnswer, isReminder } = facts;
  const amount = formatMoney({ minor: facts.amountMinor.toString(), currency: facts.currency }, locale);
  const until = respondBy && canAnswer ? formatDate(respondBy.toISOString(), locale, 'UTC', 'dateTime') : '';
  const lines = [
    text('greeting', { name: facts.seller }),
    isReminder ? text('reminder', { account, amount }) : text(`mail.${state}`, { account, amount }),
    number ? text('invoice', { number }) : text('credit'),
    text('reason', { reason, reference }),
    until && text('respondBy', { date: until }),
    loss ? text(`loss.${loss}`) : '',
  ];
  return { recipient: facts.recipient, subject: isReminder ? text('reminderSubject', { account, amount }) : text(`subject.${state}`, { account, amount }), text: lines.filter(Boolean).join('\n\n') };
}
