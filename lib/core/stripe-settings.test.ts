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

const test = { STRIPE_SECRET_KEY: 'sk_test_demo', STRIPE_PUBLISHABLE_KEY: 'pk_test_demo', STRIPE_WEBHOOK_SECRET: 'whsec_demo' };
const live = { STRIPE_SECRET_KEY: 'sk_live_demo', STRIPE_PUBLISHABLE_KEY: 'pk_live_demo', STRIPE_WEBHOOK_SECRET: 'whsec_demo' };

describe('the settings of Stripe', () => {
  it('are left out without a word', () => {
    expect(readSettings({}).stripe).toBeNull();
  });

  it('take test and live keys, restricted ones too', () => {
    expect(readSettings(test).stripe).toEqual({ secretKey: 'sk_test_demo', publishableKey: 'pk_test_demo', webhookSecret: 'whsec_demo', apiBase: undefined });
    expect(readSettings({ ...live, STRIPE_SECRET_KEY: 'rk_live_demo' }).stripe).toMatchObject({ secretKey: 'rk_live_demo' });
  });

  it('are given all three or none', () => {
    expect(problemsOf({ STRIPE_SECRET_KEY: 'sk_test_demo' })).toEqual([
      'STRIPE_PUBLISHABLE_KEY is not set: Stripe needs STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET, all three or none.',
      'STRIPE_WEBHOOK_SECRET is not set: Stripe needs STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET, all three or none.',
    ]);
  });

  it('are of one mode', () => {
    expect(problemsOf({ ...test, STRIPE_PUBLISHABLE_KEY: 'pk_live_demo' })).toEqual(['STRIPE_PUBLISHABLE_KEY is a live key and STRIPE_SECRET_KEY a test key: give two of the same mode.']);
  });

  it('are refused when they stand in each other’s place, and never repeated', () => {
    const problems = problemsOf({ STRIPE_SECRET_KEY: 'pk_test_hunter2', STRIPE_PUBLISHABLE_KEY: 'sk_live_hunter2', STRIPE_WEBHOOK_SECRET: 'hunter2' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET']);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each(['http://127.0.0.1:4242', 'http://localhost:4242/', 'http://[::1]:4242'])('speak to a sandbox at %s', (address) => {
    expect(readSettings({ ...test, STRIPE_API_BASE: address }).stripe?.apiBase?.href).toBe(new URL(address).href);
  });

  it.each(['https://api.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'file:///etc', 'http://localhost/v1', 'http://user@localhost', 'sandbox'])('never send keys to %s', (address) => {
    expect(problemsOf({ ...test, STRIPE_API_BASE: address })).toHaveLength(1);
  });

  it('never send a live key to a sandbox', () => {
    expect(problemsOf({ ...live, STRIPE_API_BASE: 'http://127.0.0.1:4242' })).toEqual([
      'STRIPE_API_BASE is set together with a live key: a live key goes to Stripe only, so give test keys or leave STRIPE_API_BASE out.',
    ]);
  });

  it('name no sandbox without its keys', () => {
    expect(problemsOf({ STRIPE_API_BASE: 'http://127.0.0.1:4242' })).toHaveLength(1);
  });
});
