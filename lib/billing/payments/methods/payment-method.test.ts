import { describe, expect, it } from 'vitest';
import { returnPathInput } from '../checkout/schema';
import { labelOf, validityOf } from './payment-method';

describe('a payment method', () => {
  it('can be charged to the end of its month, and is said to expire soon thirty days before', () => {
    const june = { expiryMonth: 6, expiryYear: 2026 };
    const on = (day: string) => validityOf(june, new Date(day));
    expect([on('2026-05-31T23:59:59Z'), on('2026-06-01T00:00:00Z'), on('2026-06-30T23:59:59Z'), on('2026-07-01T00:00:00Z')]).toEqual(['valid', 'expires_soon', 'expires_soon', 'expired']);
    expect(validityOf({ expiryMonth: 12, expiryYear: 2026 }, new Date('2027-01-01T00:00:00Z'))).toBe('expired');
    expect(validityOf({ expiryMonth: null, expiryYear: null }, new Date('2099-01-01T00:00:00Z'))).toBe('valid');
  });

  it('is known by its brand and its last digits, as far as there are any', () => {
    expect(labelOf({ brand: 'visa', lastDigits: '4242' })).toBe('Visa •••• 4242');
    expect(labelOf({ brand: 'Demo Bank', lastDigits: '6789' })).toBe('Demo Bank •••• 6789');
    expect(labelOf({ brand: 'Demo Wallet', lastDigits: '' })).toBe('Demo Wallet');
  });

  it('shows as much of a wallet’s e-mail address as its owner knows it by', () => {
    expect(labelOf({ brand: 'PayPal', lastDigits: '', email: 'payer@demo.example' })).toBe('PayPal p•••@demo.example');
    expect(labelOf({ brand: 'PayPal', lastDigits: '', email: null })).toBe('PayPal');
  });
});

describe('the page to come back to', () => {
  it('is a path of this site and nothing that a browser takes for another', () => {
    for (const path of ['/', '/billing', '/billing?tab=credit#top', '/账单']) expect(returnPathInput.safeParse(path).success).toBe(true);
    for (const path of ['', 'billing', 'https://other.example/', '//other.example', '/\\other.example', '/a\\b', '/a b', '/a\nb', '/\t/other.example', `/${'x'.repeat(500)}`]) {
      expect(returnPathInput.safeParse(path).success).toBe(false);
    }
  });
});
