import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { methodOf } from './methods';

const card: Stripe.PaymentMethod.Card = {
  brand: 'visa', checks: null, country: 'US', display_brand: 'visa', exp_month: 12, exp_year: 2034, fingerprint: 'fingerprint_1', funding: 'credit', generated_from: null, last4: '4242',
  networks: null, regulated_status: 'unregulated', three_d_secure_usage: null, wallet: null,
};
const bank: Stripe.PaymentMethod.UsBankAccount = {
  account_holder_type: 'company', account_type: 'checking', bank_name: 'Demo Bank', financial_connections_account: null, fingerprint: 'fingerprint_2', last4: '6789', networks: null, routing_number: '110000000', status_details: null,
};
const method = (change: Partial<Stripe.PaymentMethod>): Stripe.PaymentMethod => ({
  id: 'pm_1', object: 'payment_method', billing_details: { address: null, email: null, name: null, phone: null, tax_id: null }, created: 1_767_225_600, customer: 'cus_1', customer_account: null, livemode: false, metadata: {}, type: 'card', ...change,
});

describe('a stored method', () => {
  it('is a card', () => {
    expect(methodOf(method({ card }))).toEqual({
      reference: 'pm_1', customer: 'cus_1', kind: 'card', brand: 'visa', lastDigits: '4242', expiry: { month: 12, year: 2034 }, fingerprint: 'fingerprint_1',
    });
  });

  it('is a bank account, named by its bank', () => {
    expect(methodOf(method({ type: 'us_bank_account', us_bank_account: bank }))).toEqual({
      reference: 'pm_1', customer: 'cus_1', kind: 'bank_debit', brand: 'Demo Bank', lastDigits: '6789', expiry: null, fingerprint: 'fingerprint_2',
    });
  });

  it('is a wallet', () => {
    expect(methodOf(method({ type: 'link', link: { email: 'buyer@demo.example' } as Stripe.PaymentMethod.Link }))).toMatchObject({ kind: 'wallet', brand: 'link', lastDigits: '', expiry: null, fingerprint: null });
  });

  it('is none once it belongs to nobody', () => {
    expect(methodOf(method({ card, customer: null }))).toBeNull();
  });
});
