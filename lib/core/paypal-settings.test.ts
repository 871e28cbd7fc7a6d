import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const app = { PAYPAL_CLIENT_ID: 'sandbox-app', PAYPAL_CLIENT_SECRET: 'sandbox-secret', PAYPAL_WEBHOOK_ID: 'WH-DEMO', PAYPAL_ENVIRONMENT: 'sandbox' };

describe('the settings of PayPal', () => {
  it('are left out without a word', () => {
    expect(readSettings({}).paypal).toBeNull();
  });

  it('are an app, its webhook and where it lives', () => {
    const told = { clientId: 'sandbox-app', clientSecret: 'sandbox-secret', webhookId: 'WH-DEMO', environment: 'sandbox', apiBase: undefined, verifyOnline: false };
    expect(readSettings(app).paypal).toEqual(told);
    expect(readSettings({ ...app, PAYPAL_ENVIRONMENT: 'live', PAYPAL_VERIFY_WEBHOOKS: 'online' }).paypal).toEqual({ ...told, environment: 'live', verifyOnline: true });
  });

  it('are given whole or not at all', () => {
    expect(problemsOf({ PAYPAL_CLIENT_ID: 'sandbox-app' })).toEqual([
      'PAYPAL_CLIENT_SECRET is not set: PayPal needs PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET, PAYPAL_WEBHOOK_ID, all three or none.',
      'PAYPAL_WEBHOOK_ID is not set: PayPal needs PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET, PAYPAL_WEBHOOK_ID, all three or none.',
    ]);
    expect(problemsOf({ ...app, PAYPAL_ENVIRONMENT: '' })).toEqual([expect.stringContaining('PAYPAL_ENVIRONMENT is not set')]);
    expect(problemsOf({ PAYPAL_API_BASE: 'http://127.0.0.1:4343' })).toEqual([expect.stringContaining('PAYPAL_API_BASE is set without an app')]);
  });

  it('never repeat a secret', () => {
    expect(problemsOf({ ...app, PAYPAL_CLIENT_SECRET: 'hunter 2' })).toEqual(['PAYPAL_CLIENT_SECRET is not right: give the secret of the app at PayPal.']);
  });

  it.each(['http://127.0.0.1:4343', 'http://localhost:4343/'])('speak to a sandbox at %s', (address) => {
    expect(readSettings({ ...app, PAYPAL_API_BASE: address }).paypal?.apiBase?.href).toBe(new URL(address).href);
  });

  it.each(['https://api.example.com', 'http://10.0.0.1', 'http://localhost/v1'])('never send the secret to %s', (address) => {
    expect(problemsOf({ ...app, PAYPAL_API_BASE: address })).toHaveLength(1);
  });

  it('never send the secret of a live app to a sandbox', () => {
    expect(problemsOf({ ...app, PAYPAL_ENVIRONMENT: 'live', PAYPAL_API_BASE: 'http://127.0.0.1:4343' })).toEqual([expect.stringContaining('PAYPAL_ENVIRONMENT=live')]);
  });
});

describe('the choice of payment providers', () => {
  it('is everything that has keys unless told', () => {
    expect(readSettings({}).paymentProviders).toBeNull();
  });

  it('is a list in the order of preference, with currencies where not all are meant', () => {
    expect(readSettings({ PAYMENT_PROVIDERS: 'paypal:EUR+USD, stripe' }).paymentProviders).toEqual([{ name: 'paypal', currencies: ['EUR', 'USD'] }, { name: 'stripe', currencies: null }]);
    expect(readSettings({ PAYMENT_PROVIDERS: 'stripe,paypal:none' }).paymentProviders).toEqual([{ name: 'stripe', currencies: null }, { name: 'paypal', currencies: [] }]);
  });

  it.each(['cash', 'stripe,stripe', 'paypal:euro', 'stripe paypal'])('is not %s', (text) => {
    expect(problemsOf({ PAYMENT_PROVIDERS: text })).toEqual([expect.stringContaining(`PAYMENT_PROVIDERS is "${text}"`)]);
  });
});
