import { NextIntlClientProvider } from 'next-intl';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { CurrentPlan } from './current-plan';
import type { CurrentDto } from './types';

const price = { minor: '2999', currency: 'USD' };
const current: CurrentDto = {
  plan: 'Pro', status: 'active', interval: 'month', intervalCount: 1, price, next: price, items: [], coupon: null,
  period: { start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z' }, startedAt: '2026-03-01T00:00:00Z', byCalendar: false, earlierVersion: false, pause: null, managedBy: null, scheduled: null,
};

function shown(locale: 'en' | 'zh', change: Partial<CurrentDto>, trial: Parameters<typeof CurrentPlan>[0]['trial'] = null): string {
  const plan = createElement(CurrentPlan, { current: { ...current, ...change }, fallback: null, cancel: null, pause: null, keep: null, resume: null, trial });
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="UTC">
      {plan}
    </NextIntlClientProvider>,
  ).replace(/<[^>]+>/g, ' ');
}

describe('a plan that a payment provider renews', () => {
  it('says who bills it and how it is changed, in both languages', () => {
    expect(shown('en', { managedBy: 'Stripe' })).toContain('Renewed by Stripe');
    expect(shown('zh', { managedBy: 'Stripe' })).toContain('由 Stripe 续费');
    expect(shown('en', {})).not.toContain('Renewed by');
  });

  it('says that the provider tries again where it is past due', () => {
    expect(shown('en', { managedBy: 'Stripe', status: 'past_due' })).toContain('tries again by itself');
    expect(shown('en', { status: 'past_due' })).toContain('while you settle it');
  });
});

describe('a plan on trial', () => {
  const end = { plan: 'Pro', price, interval: 'month', intervalCount: 1, fallback: 'Free', hasMethod: false, goesOnAnyway: false } as const;
  const onTrial = (facts: Partial<typeof end> | { hasMethod: boolean }) => shown('en', { status: 'trialing' }, { end: { ...end, ...facts }, pay: null });

  it('ends and is charged only where there is a payment method', () => {
    expect(onTrial({})).toContain('Trial ends on');
    expect(onTrial({})).toContain('Nothing without a payment method; with one, $29.99 on Apr 1, 2026');
    expect(onTrial({ hasMethod: true })).toContain('$29.99 on Apr 1, 2026, before tax');
    expect(onTrial({ hasMethod: true })).not.toContain('Nothing');
    expect(onTrial({})).not.toContain('Renews');
  });
});
