import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What a mail with a new invoice tells. */
export interface InvoiceFacts {
  recipient: string;
  /** The name of who sells. */
  seller: string;
  account: string;
  invoiceId: string;
  number: string;
  /** Minor units: the total with tax, less the credit that paid a part. */
  totalMinor: bigint;
  currency: string;
  /** When it is to be paid; null: nothing is left to pay. */
  dueAt: Date | null;
  /** What the customer wanted it to name; empty: nothing. */
  purchaseOrder: string;
  /** IANA name. */
  timeZone: string;
}

/** The mail that brings a new invoice, with its PDF, to an address of the customer's choice. */
export function invoiceMail(facts: InvoiceFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'invoiceMail' });
  const { recipient, seller, account, number, dueAt, purchaseOrder } = facts;
  const amount = formatMoney({ minor: facts.totalMinor.toString(), currency: facts.currency }, locale);
  const lines = [
    text('greeting'),
    text('issued', { number, account, amount }),
    dueAt ? text('due', { date: formatDate(dueAt.toISOString(), locale, facts.timeZone) }) : text('settled'),
    purchaseOrder && text('purchaseOrder', { reference: purchaseOrder }),
    text('look', { link: `${settings().appUrl}/billing/${facts.invoiceId}` }),
    text('why'),
  ];
  return { recipient, subject: text('subject', { seller, number, account }), text: lines.filter(Boolean).join('\n\n'), invoiceId: facts.invoiceId };
}
