import { NextIntlClientProvider } from 'next-intl';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { HeldCoupon, HeldItems } from './held';

type Locale = 'en' | 'zh';

/** The words that a reader sees. */
function shown(locale: Locale, children: ReactNode): string {
  const page = (
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
  return renderToStaticMarkup(page).replace(/<\/li>/g, '\n').replace(/<[^>]+>/g, '').trim();
}

describe('what is held beside the plan', () => {
  const items = [
    { key: 'units agent_seats', name: 'Seats', quantity: '1250', pendingQuantity: null },
    { key: 'addon storage', name: 'Storage', quantity: '6', pendingQuantity: '2' },
    { key: 'addon support', name: 'Support', quantity: '1', pendingQuantity: '0' },
  ];

  it('tells quantities, and what falls or ends with the period, in both languages', () => {
    expect(shown('en', createElement(HeldItems, { items, date: 'May 1, 2026' })).split('\n')).toEqual(['Seats: 1,250', 'Storage: 6, and 2 from May 1, 2026', 'Support: 1, until May 1, 2026']);
    expect(shown('zh', createElement(HeldItems, { items, date: '2026年5月1日' })).split('\n')).toEqual(['Seats：1,250', 'Storage：6，2026年5月1日起减为 2', 'Support：1，2026年5月1日到期后不再续订']);
  });
});

describe('a coupon', () => {
  const share = { name: 'Demo', code: 'DEMO-20', off: { share: 0.125 } };
  const amount = { name: 'Demo', code: 'DEMO-5', off: { amount: { minor: '500', currency: 'USD' } } };
  it.each<[Locale, Parameters<typeof HeldCoupon>[0]['coupon'], string]>([
    ['en', { ...share, left: null }, 'Demo (DEMO-20): 12.5% off every period'],
    ['en', { ...share, left: 1 }, 'Demo (DEMO-20): 12.5% off one more period'],
    ['en', { ...amount, left: 3 }, 'Demo (DEMO-5): $5.00 off 3 more periods'],
    ['en', { ...amount, left: 0 }, 'Demo (DEMO-5): $5.00 off this period'],
    ['zh', { ...share, left: null }, 'Demo（DEMO-20）：每个周期减免 12.5%'],
    ['zh', { ...share, left: 2 }, 'Demo（DEMO-20）：减免 12.5%，还可用 2 个周期'],
    ['zh', { ...share, left: 0 }, 'Demo（DEMO-20）：减免 12.5%，本周期有效'],
  ])('tells in %s what it takes off and for how long', (locale, coupon, words) => {
    expect(shown(locale, createElement(HeldCoupon, { coupon }))).toBe(words);
  });
});
