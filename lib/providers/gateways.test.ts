import { describe, expect, it } from 'vitest';
import { charges, takes } from '@/lib/billing/payments/configured-gateway';
import { readSettings } from '@/lib/core/settings';
import { gatewaysFromSettings } from '.';

const stripe = { STRIPE_SECRET_KEY: 'sk_test_demo', STRIPE_PUBLISHABLE_KEY: 'pk_test_demo', STRIPE_WEBHOOK_SECRET: 'whsec_demo' };
const paypal = { PAYPAL_CLIENT_ID: 'sandbox-app', PAYPAL_CLIENT_SECRET: 'sandbox-secret', PAYPAL_WEBHOOK_ID: 'WH-DEMO', PAYPAL_ENVIRONMENT: 'sandbox' };

const chosen = (environment: Record<string, string>) => gatewaysFromSettings(readSettings(environment));
const names = (environment: Record<string, string>) => chosen(environment).map(({ name }) => name);
/** Which take new payments in the currency, and which charge what is stored there. */
const routes = (environment: Record<string, string>, currency: string) => ({
  takes: chosen(environment).filter((gateway) => takes(gateway, currency)).map(({ name }) => name),
  charges: chosen(environment).filter((gateway) => charges(gateway, currency)).map(({ name }) => name),
});

describe('the gateways of the settings', () => {
  it('are those that have keys, Stripe first', () => {
    expect(names({})).toEqual([]);
    expect(names(paypal)).toEqual(['paypal']);
    expect(names({ ...stripe, ...paypal })).toEqual(['stripe', 'paypal']);
    expect(names({ ...stripe, PAYMENT_PROVIDERS: 'paypal,stripe' })).toEqual(['stripe']);
  });

  it('are preferred in the order of the operator', () => {
    expect(routes({ ...stripe, ...paypal, PAYMENT_PROVIDERS: 'paypal, stripe' }, 'EUR').takes).toEqual(['paypal', 'stripe']);
  });

  it('take the currencies that the operator gives them, as far as they can', () => {
    const both = { ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe:USD+CNY,paypal:EUR+CNY' };
    expect(['USD', 'CNY', 'EUR', 'JPY'].map((currency) => routes(both, currency).takes)).toEqual([['stripe'], ['stripe'], ['paypal'], []]);
  });

  it('charge what is stored there in every currency that they can, wherever new payments go', () => {
    const both = { ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe:USD,paypal:none' };
    expect(routes(both, 'EUR')).toEqual({ takes: [], charges: ['stripe', 'paypal'] });
    expect(routes(both, 'CNY')).toEqual({ takes: [], charges: ['stripe'] });
  });

  it('are switched off by not being named: they stay for what they took, and charge nothing', () => {
    const without = { ...stripe, ...paypal, PAYMENT_PROVIDERS: 'stripe' };
    expect(names(without)).toEqual(['stripe', 'paypal']);
    expect(routes(without, 'USD')).toEqual({ takes: ['stripe'], charges: ['stripe'] });
  });
});
