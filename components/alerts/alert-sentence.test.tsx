import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { AlertSentence } from './alert-sentence';
import type { AlertDto } from './types';

const base: AlertDto = {
  id: 'alert_1', kind: 'quota', feature: 'tokens', costCentre: null, currency: null, day: null, percent: 80, used: '8500', limit: '10000', resetsAt: null,
  raisedAt: '2026-03-02T10:00:00.000Z', readAt: null,
};
const features = [{ key: 'tokens', kind: 'metered' as const, name: { en: 'Tokens', zh: 'Token 用量' }, unit: { en: 'tokens', zh: '个' } }];
const said = (language: 'en' | 'zh', part: Partial<AlertDto>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={language} messages={messages[language]} timeZone="UTC">
      <AlertSentence alert={{ ...base, ...part }} features={features} />
    </NextIntlClientProvider>,
  );

describe('an alert', () => {
  it.each([
    [{}, 'Tokens: 80% of the limit reached (8,500 of 10,000)', 'Token 用量已达额度的 80%（8,500 / 10,000）'],
    [{ kind: 'spend' as const, feature: null, currency: 'USD' }, '80% of the spend cap reached ($85.00 of $100.00)', '已达消费上限的 80%（US$85.00 / US$100.00）'],
    [
      { kind: 'budget' as const, feature: null, currency: 'USD', costCentre: { id: 'cc_1', name: 'Labs' } },
      'Labs: 80% of the budget reached ($85.00 of $100.00)', 'Labs已达预算的 80%（US$85.00 / US$100.00）',
    ],
    [{ kind: 'forecast' as const, used: '12000' }, 'Tokens: expected to pass the limit (about 12,000 of 10,000)', 'Token 用量预计将超出额度（约 12,000 / 10,000）'],
    [{ kind: 'unusual' as const, used: '90000', day: '2026-03-01' }, 'Tokens: 90,000 tokens on Mar 1, usually about 10,000', 'Token 用量在 3月1日用了 90,000 个，通常约为 10,000 个'],
    [{ kind: 'unusual' as const, used: '5', day: '2026-03-01' }, 'Tokens: only 5 tokens on Mar 1, usually about 10,000', 'Token 用量在 3月1日仅用了 5 个，通常约为 10,000 个'],
  ])('says what happened: %j', (part, english, chinese) => {
    expect([said('en', part), said('zh', part)]).toEqual([english, chinese]);
  });
});
