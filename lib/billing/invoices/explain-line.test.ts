import { describe, expect, it } from 'vitest';
import { explainLine, usageDays } from './explain-line';
import type { InvoiceLine } from './invoice';

const price = { planKey: 'pro', planVersion: 2, planVersionId: 'pver_1', priceId: 'price_1', priceMinor: 2_999n };
const usage = { kind: 'usage' as const, planKey: 'pro', planVersion: 2, planVersionId: 'pver_1', featureKey: 'tokens', counterId: 7, limit: 1_000_000n };

function line(part: Partial<InvoiceLine>): InvoiceLine {
  return {
    id: 'line_1', position: 1, kind: 'subscription', description: { en: '', zh: '' }, quantity: 1n, unitAmount: '29.99',
    amountMinor: 2_999n, netMinor: 2_999n, taxMinor: 0n, taxPercentage: null, ...part,
  };
}

function told(part: Partial<InvoiceLine>, { others = [], inclusive = false, currency = 'USD' }: { others?: InvoiceLine[]; inclusive?: boolean; currency?: string } = {}) {
  const one = line(part);
  return explainLine(one, { lines: [one, ...others], currency, pricesIncludeTax: inclusive });
}

const english = (steps: { en: string }[]) => steps.map(({ en }) => en);

describe('how a line was worked out', () => {
  it('names the price version of a fee', () => {
    expect(english(told({ madeFrom: { kind: 'plan_fee', ...price } }))).toEqual(['The price of version 2 of the plan is USD 29.99 for a whole period, charged ahead.', '1 × USD 29.99 = USD 29.99.']);
  });

  it('shows the share of a period in seconds, given back or charged', () => {
    const share = { kind: 'proration' as const, isPlan: true, ...price, unit: 'second' as const, left: 1_339_200n, whole: 2_678_400n };
    expect(english(told({ kind: 'proration', amountMinor: -1_500n, madeFrom: { ...share, direction: 'unused' } }))).toEqual([
      'The price of version 2 of the plan is USD 29.99 for the whole period of 2,678,400 seconds.',
      '1,339,200 seconds of it were still to come, so their share is given back.',
      '−USD 29.99 × 1,339,200 ÷ 2,678,400 = USD −15.00, rounded once.',
    ]);
    expect(english(told({ kind: 'proration', amountMinor: 1_500n, madeFrom: { ...share, direction: 'remaining' } }))[2]).toBe('USD 29.99 × 1,339,200 ÷ 2,678,400 = USD 15.00, rounded once.');
    expect(english(told({ kind: 'proration', amountMinor: 1_500n, madeFrom: { ...share, isPlan: false, direction: 'remaining' } }))[0]).toBe('For the whole period of 2,678,400 seconds it comes to USD 29.99.');
  });

  it('shows the use, the limit then, the units past it and their exact price', () => {
    const steps = told({ kind: 'usage', featureKey: 'tokens', quantity: 250_000n, unitAmount: '0.000012', amountMinor: 300n, madeFrom: { ...usage, used: 1_250_000n } });
    expect(english(steps)).toEqual([
      '1,250,000 were used in this time. The limit that counted was 1,000,000, by version 2 of the plan and what was granted beside it.',
      '1,250,000 − 1,000,000 = 250,000 past the limit.',
      '250,000 × USD 0.000012 = USD 3, rounded once to USD 3.00.',
    ]);
    expect(steps[1]?.zh).toBe('1,250,000 − 1,000,000 = 超出 250,000。');
  });

  it('tells what an earlier invoice charged of it', () => {
    const steps = told({ kind: 'usage', featureKey: 'tokens', quantity: 50_000n, unitAmount: '0.000012', amountMinor: 60n, madeFrom: { ...usage, used: 1_250_000n } });
    expect(english(steps)[2]).toBe('200,000 of them were charged by an earlier invoice: 250,000 − 200,000 = 50,000.');
  });

  it('counts tax on all that bears it, and tells each line its share', () => {
    const sold = line({ id: 'line_2', netMinor: 1_000n, taxMinor: 190n, taxPercentage: '19' });
    expect(english(told({ kind: 'tax', amountMinor: 190n, taxPercentage: '19' }, { others: [sold] }))).toEqual(['USD 10.00 × 19% = USD 1.90, rounded once for all lines at this rate.']);
    expect(english(told({ taxMinor: 190n, taxPercentage: '19' })).at(-1)).toBe('Its share of the 19% tax is USD 1.90.');
    expect(english(told({ kind: 'tax', amountMinor: 190n, taxPercentage: '19' }, { others: [sold], inclusive: true }))).toEqual(['The prices hold 19% tax: USD 1.90 beside USD 10.00 without tax.']);
  });

  it('keeps to the digits of the currency', () => {
    expect(english(told({ unitAmount: '3000', amountMinor: 3_000n }, { currency: 'JPY' }))).toEqual(['1 × JPY 3000 = JPY 3000.']);
  });

  it('says what a line says that was made before it was kept what lines are made from', () => {
    expect(english(told({ quantity: 3n, unitAmount: '1.5', amountMinor: 450n }))).toEqual(['3 × USD 1.5 = USD 4.50.']);
  });
});

describe('where its use is listed', () => {
  it('is by the days of the customer', () => {
    const period = { start: new Date('2026-03-31T16:00:00Z'), end: new Date('2026-04-30T16:00:00Z') };
    expect(usageDays({ featureKey: 'tokens', period }, 'Asia/Shanghai')).toEqual({ from: '2026-04-01', to: '2026-04-30' });
    expect(usageDays({ featureKey: 'tokens', period }, 'UTC')).toEqual({ from: '2026-03-31', to: '2026-04-30' });
    expect(usageDays({ period }, 'UTC')).toBeNull();
  });
});
