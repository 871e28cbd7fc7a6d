import { describe, expect, it } from 'vitest';
import { cardBrand, checkCvc, checkExpiry, checkNumber, checkPostalCode, formatExpiry, formatNumber, readExpiry } from './card';

const now = new Date('2026-11-15T12:00:00');

describe('what is typed as a card', () => {
  it.each([
    ['4242424242424242', 'visa'],
    ['5555555555554444', 'mastercard'],
    ['2223003122003222', 'mastercard'],
    ['378282246310005', 'amex'],
    ['6011111111111117', 'discover'],
    ['3056930009020004', 'diners'],
    ['36227206271667', 'diners'],
    ['3566002020360505', 'jcb'],
    ['6200000000000005', 'unionpay'],
    ['6205500000000000004', 'unionpay'],
  ])('%s is a complete %s', (number, brand) => {
    expect(cardBrand(number)).toBe(brand);
    expect(checkNumber(formatNumber(number))).toBeUndefined();
  });

  it.each([
    ['', 'incomplete_number'],
    ['4242', 'incomplete_number'],
    ['4242 4242 4242 424', 'incomplete_number'],
    ['4242 4242 4242 4241', 'invalid_number'],
    ['37828224631000', 'incomplete_number'],
  ])('%j is no number: %s', (number, fault) => {
    expect(checkNumber(number)).toBe(fault);
  });

  it('is shown in the groups of its brand, and never longer', () => {
    expect(formatNumber('4242424242424242999')).toBe('4242 4242 4242 4242');
    expect(formatNumber('378282246310005')).toBe('3782 822463 10005');
    expect(formatNumber('42a42-4')).toBe('4242 4');
  });

  it('expires at the end of its month', () => {
    expect(checkExpiry('11 / 26', now)).toBeUndefined();
    expect(checkExpiry('10 / 26', now)).toBe('invalid_expiry_year_past');
    expect(checkExpiry('13 / 30', now)).toBe('invalid_expiry_month');
    expect(checkExpiry('12', now)).toBe('incomplete_expiry');
    expect(readExpiry(formatExpiry('1230'))).toEqual({ month: 12, year: 2030 });
  });

  it.each([['1', '1'], ['4', '04'], ['12', '12'], ['123', '12 / 3'], ['12/30', '12 / 30'], ['12 / 2034', '12 / 34']])('the expiry %j is shown as %j', (typed, shown) => {
    expect(formatExpiry(typed)).toBe(shown);
  });

  it('has a security code as long as its brand wants', () => {
    expect(checkCvc('123', '4242424242424242')).toBeUndefined();
    expect(checkCvc('12', '4242424242424242')).toBe('incomplete_cvc');
    expect(checkCvc('123', '378282246310005')).toBe('incomplete_cvc');
    expect(checkCvc('1234', '378282246310005')).toBeUndefined();
  });

  it('has a postal code of its country', () => {
    expect(checkPostalCode('94107', 'US')).toBeUndefined();
    expect(checkPostalCode('9410', 'US')).toBe('incomplete_zip');
    expect(checkPostalCode('SW1A 1AA', 'GB')).toBeUndefined();
  });
});
