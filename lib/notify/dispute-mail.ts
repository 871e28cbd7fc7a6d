import { createTranslator } from 'next-intl';
import { formatDate, formatMoney } from '@/lib/i18n/format';
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
}

/** The mail that tells the seller of a dispute, in English: a seller has no language of its own. */
export function disputeMail(facts: DisputeFacts): Mail {
  const text = createTranslator({ locale: 'en', messages: messages.en, namespace: 'payments.dispute' });
  const { state, account, number, reason, reference, respondBy, loss } = facts;
  const amount = formatMoney({ minor: facts.amountMinor.toString(), currency: facts.currency }, 'en');
  const lines = [
    text('greeting', { name: facts.seller }),
    text(`mail.${state}`, { account, amount }),
    number ? text('invoice', { number }) : text('credit'),
    text('reason', { reason, reference }),
    respondBy && (state === 'needs_response' || state === 'warning') ? text('respondBy', { date: formatDate(respondBy.toISOString(), 'en', 'UTC') }) : '',
    loss ? text(`loss.${loss}`) : '',
  ];
  return { recipient: facts.recipient, subject: text(`subject.${state}`, { account, amount }), text: lines.filter(Boolean).join('\n\n') };
}
