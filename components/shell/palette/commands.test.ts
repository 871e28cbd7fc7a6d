import { describe, expect, it } from 'vitest';
import { found, invoiceNumberIn, matches } from './commands';

describe('what is typed', () => {
  const billing = { label: '账单', words: ['billing', 'invoices'] };

  it('is found by any part of the words, in any order, whatever the case and width', () => {
    expect(matches({ label: 'API keys' }, 'KEYS api')).toBe(true);
    expect(matches({ label: 'API keys' }, 'ＡＰＩ')).toBe(true);
    expect(matches({ label: 'API keys' }, 'api team')).toBe(false);
  });

  it('is found in Chinese by a part of the name, and in English too', () => {
    expect(matches({ label: '添加付款方式' }, '付款')).toBe(true);
    expect(matches(billing, '账')).toBe(true);
    expect(matches(billing, 'bill')).toBe(true);
  });

  it('leaves every command where nothing is typed, and no group without one', () => {
    const run = () => undefined;
    const icon = 'svg' as never;
    const groups = [{ value: 'Pages', items: [{ id: 'a', label: 'Usage', icon, run }] }, { value: 'Theme', items: [{ id: 'b', label: 'Dark', icon, run }] }];
    expect(found(groups, '')).toEqual(groups);
    expect(found(groups, 'dar').map(({ value }) => value)).toEqual(['Theme']);
  });

  it('may be a part of an invoice number when it holds a digit', () => {
    expect(['12', 'd-0012', ' D-000012 '].map(invoiceNumberIn)).toEqual(['12', 'D-0012', 'D-000012']);
    expect(['', 'usage', '-1', '1%', 'a 1'].map(invoiceNumberIn)).toEqual([null, null, null, null, null]);
  });
});
