import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import { formatDate, formatQuantity } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What a quota alert tells, in the reader's words. */
export interface QuotaAlertFacts {
  recipient: { name: string; email: string };
  account: string;
  feature: string;
  unit: string;
  percent: number;
  used: bigint;
  limit: bigint;
  policy: 'block' | 'overage' | 'warn' | null;
  /** Null for a level. */
  resetsAt: Date | null;
  /** IANA name. */
  timeZone: string;
}

/** The mail that tells a person that a threshold of a limit was reached. */
export function quotaAlertMail(facts: QuotaAlertFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'alerts.mail' });
  const { account, feature, percent, policy, resetsAt } = facts;
  const lines = [
    text('greeting', { name: facts.recipient.name }),
    text('reached', {
      account, feature, percent, unit: facts.unit,
      used: formatQuantity(facts.used.toString(), locale),
      limit: formatQuantity(facts.limit.toString(), locale),
    }),
    [
      facts.used >= facts.limit ? text(policy === 'overage' ? 'pastOverage' : policy === 'warn' ? 'pastWarn' : 'pastBlock') : '',
      resetsAt ? text('resets', { date: formatDate(resetsAt.toISOString(), locale, facts.timeZone) }) : '',
    ].filter(Boolean).join(locale === 'zh' ? '' : ' '),
    text('look', { link: `${settings().appUrl}/usage` }),
    text('why'),
  ];
  return { recipient: facts.recipient.email, subject: text('subject', { account, feature, percent }), text: lines.filter(Boolean).join('\n\n') };
}
