import { describe, expect, it } from 'vitest';
import { readSettings } from '@/lib/core/settings';
import { gatewaysFromSettings } from '.';

const stripe = { STRIPE_SECRET_KEY: 'sk_test_demo', STRIPE_PUBLISHABLE_KEY: 'pk_test_demo', STRIPE_WEBHOOK_SECRET: 'whsec_demo' };
const paypal = { PAYPAL_CLIENT_ID: 'sandbox-app', PAYPAL_CLIENT_SECRET: 'sandbox-secret', PAYPAL_WEBHOOK_ID: 'WH-DEMO', PAYPAL_ENVIRONMENT: 'sandbox' };

function chosen(environment: Record<string, string>) {
  return gatewaysFromSettings(readSettings(environment)).map(({ name, capabilities: { currencies } }) => ({ name, currencies }));
}
const names = (environment: Record<string, string>) => chosen(environment).map(({ name }) => name);

describe('the gateways of the settings', () => {
  it('are those that have keys, Stripe first', () => {
    expect(names({})).toEqual([]);
    expect(names(paypal)).toEqual(['paypal']);
    expect(names({ ...stripe, ...paypal })).toEqual(['stripe', 'paypal']);
  });

  it('are switched on, off and ordered by the operator', () => {
    expect(names({ ...stripe, ...paypal, PAYMENT_PROVIDERS: 'paypal, stripe' })).toEqual(['paypal', 'stripe']);
    expect(names({ ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe' })).toEqual(['stripe']);
    expect(names({ ...stripe, PAYMENT_PROVIDERS: 'paypal,stripe' })).toEqual(['stripe']);
  });

  it('take the currencies that the operator gives them, as far as they can', () => {
    expect(chosen({ ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe:USD+CNY,paypal:EUR+CNY' })).toEqual([{ name: 'stripe', currencies: ['USD', 'CNY'] }, { name: 'paypal', currencies: ['EUR'] }]);
    expect(chosen({ ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe,paypal:none' })).toEqual([{ name: 'stripe', currencies: null }, { name: 'paypal', currencies: [] }]);
  });
});
