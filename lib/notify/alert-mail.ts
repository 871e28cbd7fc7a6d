import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import { formatCalendarDate, formatMoney, formatQuantity } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What an alert tells that is not about the threshold of a limit, in the reader's words. */
export interface AlertFacts {
  kind: 'spend' | 'budget' | 'forecast' | 'unusual';
  recipient: { name: string; email: string };
  account: string;
  /** Empty where it is about money. */
  feature: string;
  unit: string;
  /** The name of the cost centre of a budget; else empty. */
  costCentre: string;
  percent: number;
  /** Minor units where there is a currency, else units of the feature. */
  used: bigint;
  limit: bigint;
  currency: string | null;
  /** The day with unusual use. */
  day: string | null;
}

const pages: Record<AlertFacts['kind'], string> = { spend: '/usage', budget: '/cost-centres', forecast: '/usage', unusual: '/usage' };

/** The mail that tells a person of money spent, a forecast or unusual use. */
export function alertMail({ kind, recipient, account, feature, unit, costCentre, percent, used, limit, currency, day }: AlertFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'alerts.mail' });
  const amount = (value: bigint) => (currency ? formatMoney({ minor: value.toString(), currency }, locale) : formatQuantity(value.toString(), locale));
  const told = { account, feature, unit, costCentre, percent, used: amount(used), limit: amount(limit), day: day ? formatCalendarDate(day, locale) : '' };
  const which = kind === 'unusual' ? (used > limit ? 'spike' : 'drop') : kind;
  const lines = [
    text('greeting', { name: recipient.name }),
    text(`${which}_told`, told),
    text('look', { link: `${settings().appUrl}${pages[kind]}` }),
    text('why'),
  ];
  return { recipient: recipient.email, subject: text(`${which}_subject`, told), text: lines.join('\n\n') };
}
