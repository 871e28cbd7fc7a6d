import { NextIntlClientProvider } from 'next-intl';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { unpaid } from '../payments/types';
import { AwaitedChange } from './awaited-change';
import { RenewalChoice } from './renewal-choice';
import type { AwaitedDto, OfferDto } from './types';

type Language = 'en' | 'zh';

function markup(locale: Language, children: ReactNode): string {
  return renderToStaticMarkup(
    <AppRouterContext value={{} as AppRouterInstance}>
      <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="UTC">
        {children}
      </NextIntlClientProvider>
    </AppRouterContext>,
  ).replace(/<[^>]+>/g, ' ');
}

const awaited: AwaitedDto = {
  quoteId: 'quo_1', plan: 'Pro', isFirst: false, invoice: { id: 'inv_1', number: 'DEMO-000007', dueMinor: '2999', currency: 'USD' }, until: '2026-03-01T14:05:00Z', payment: unpaid,
};
const actions = { read: () => Promise.reject(new Error()), giveUp: () => Promise.reject(new Error()) };
const shown = (locale: Language, change: Partial<AwaitedDto>, mayGiveUp = true): string =>
  markup(locale, createElement(AwaitedChange, { awaited: { ...awaited, ...change }, paying: null, actions: { ...actions, giveUp: mayGiveUp ? actions.giveUp : null } }));

describe('a change that waits for its payment', () => {
  it('says what waits, for how much and until when, with the way out', () => {
    expect(shown('en', {})).toMatch(/Pro waits for your payment of \$29\.99, until 14:05.*your plan stays as it is\. Invoice DEMO-000007.*Do not change/);
    expect(shown('zh', {})).toMatch(/Pro待付款 US\$29\.99，请在 14:05 前支付.*当前套餐保持不变.*不变更了/);
  });

  it('says of a first plan that it is not there yet', () => {
    expect(shown('en', { isFirst: true })).toMatch(/It begins the moment it is paid.*Do not begin/);
    expect(shown('zh', { isFirst: true })).toMatch(/付款到账后立即开通.*不开通了/);
  });

  it('offers no way out while the money may be on its way, or to people who may only look', () => {
    expect(shown('en', { payment: { ...unpaid, attemptId: 'att_1', status: 'processing' } })).toMatch(/Your payment of \$29\.99 for Pro is on its way(?!.*Do not)/);
    expect(shown('en', {}, false)).not.toContain('Do not change');
  });
});

describe('who renews a plan', () => {
  const offer: OfferDto = { interval: 'month', intervalCount: 1, price: { minor: '2999', currency: 'USD' }, standing: 'new', saving: null, takesCoupon: true, renewal: null };
  const renewal = { price: { minor: '3569', currency: 'USD' }, providers: [{ name: 'stripe', label: 'Stripe' }] };

  it('is the portal unless the customer chooses a provider, which says what it charges', () => {
    const choice = (locale: Language) => markup(locale, createElement(RenewalChoice, { offer, renewal, value: null, onChange: () => undefined }));
    expect(choice('en')).toContain('Stripe charges $35.69 per month by itself, tax included.');
    expect(choice('zh')).toContain('由 Stripe 自动扣款，US$35.69 / 月（含税）。');
  });
});
