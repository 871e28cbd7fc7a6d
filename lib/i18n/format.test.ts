import { describe, expect, it } from 'vitest';
import { minorDigits, parseAmount } from './currencies';
import { formatCalendarDate, formatCost, formatDate, formatMoney, formatPeriod, formatQuantity, formatShare, formatUnitPrice } from './format';

// Intl separates with several kinds of space; which one is its business.
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('money', () => {
  it('shows every minor unit of an amount above 2^53', () => {
    expect(formatMoney({ minor: '900719925474099301', currency: 'USD' }, 'en')).toBe('$9,007,199,254,740,993.01');
  });
  it('follows the currency and the language', () => {
    expect(formatMoney({ minor: '2999', currency: 'USD' }, 'zh')).toBe('US$29.99');
    expect(formatMoney({ minor: '2999', currency: 'CNY' }, 'zh')).toBe('¥29.99');
    expect(formatMoney({ minor: '2999', currency: 'JPY' }, 'en')).toBe('¥2,999');
    expect(plain(formatMoney({ minor: '2999', currency: 'KWD' }, 'en'))).toBe('KWD 2.999');
    expect(plain(formatMoney({ minor: '100', currency: 'AFN' }, 'en'))).toBe('AFN 1.00');
  });
  it('keeps the sign of a credit', () => {
    expect(formatMoney({ minor: '-500', currency: 'USD' }, 'en')).toBe('-$5.00');
    expect(formatMoney({ minor: '500', currency: 'USD' }, 'en', { sign: 'always' })).toBe('+$5.00');
  });
  it('shows small unit prices exactly', () => {
    expect(formatUnitPrice({ amount: '0.0000125', currency: 'USD' }, 'en')).toBe('$0.0000125');
    expect(formatUnitPrice({ amount: '2', currency: 'USD' }, 'en')).toBe('$2.00');
  });
});

describe('typed amounts', () => {
  it('become exact minor units', () => {
    expect(parseAmount('1,234.5', 'USD')).toBe('123450');
    expect(parseAmount(' 0.07 ', 'USD')).toBe('7');
    expect(parseAmount('9007199254740993.01', 'USD')).toBe('900719925474099301');
    expect(parseAmount('500', 'JPY')).toBe('500');
  });
  it('are refused when the currency cannot hold them', () => {
    for (const text of ['', 'abc', '-1', '1.234', '1,23', '1e3', '.5']) expect(parseAmount(text, 'USD')).toBeNull();
    expect(parseAmount('1.5', 'JPY')).toBeNull();
  });
  it('know the decimals of a currency', () => {
    expect([minorDigits('USD'), minorDigits('KRW'), minorDigits('BHD'), minorDigits('CLF')]).toEqual([2, 0, 3, 4]);
  });
});

describe('costs', () => {
  it('have as many decimals as each other, so that they line up', () => {
    expect(['0', '1.2', '18.21154'].map((amount) => formatCost({ amount, currency: 'EUR' }, 'en'))).toEqual(['€0.0000', '€1.2000', '€18.2115']);
    expect(formatCost({ amount: '12', currency: 'JPY' }, 'en')).toBe('¥12.0000');
  });
});

describe('quantities', () => {
  it('keep every digit', () => {
    expect(formatQuantity('9007199254740993', 'en')).toBe('9,007,199,254,740,993');
  });
  it('shorten in the way of the language', () => {
    expect(formatQuantity('1234567', 'en', { compact: true })).toBe('1.2M');
    expect(formatQuantity('1234567', 'zh', { compact: true })).toBe('123.5万');
  });
  it('write shares, which line up in a column', () => {
    expect(formatShare(0.1254, 'en')).toBe('12.5%');
    expect([1, 0.5, 0.1254].map((share) => formatShare(share, 'en', { aligned: true }))).toEqual(['100.0%', '50.0%', '12.5%']);
  });
});

describe('dates', () => {
  it('belong to the time zone of the account', () => {
    expect(formatDate('2026-11-21T20:00:00Z', 'en', 'Asia/Shanghai')).toBe('Nov 22, 2026');
    expect(formatDate('2026-11-21T20:00:00Z', 'zh', 'UTC', 'dateTime')).toBe('2026年11月21日 20:00');
  });
  it('do not move a calendar date', () => {
    expect(formatCalendarDate('2026-11-21', 'en')).toBe('Nov 21, 2026');
  });
  it('end a period on its last day', () => {
    const period = { start: '2026-10-31T16:00:00Z', end: '2026-11-30T16:00:00Z' };
    expect(plain(formatPeriod(period, 'en', 'Asia/Shanghai'))).toBe('Nov 1 – 30, 2026');
    expect(formatPeriod(period, 'zh', 'Asia/Shanghai')).toBe('2026年11月1日 – 11月30日');
    expect(formatPeriod({ start: '2026-12-15T00:00:00Z', end: '2027-01-15T00:00:00Z' }, 'zh', 'UTC')).toBe('2026年12月15日 – 2027年1月14日');
  });
});
