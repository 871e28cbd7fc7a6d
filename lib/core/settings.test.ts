import { resolve } from 'node:path';
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

const secret = 'a'.repeat(32);
const key = Buffer.alloc(32, 7).toString('base64');

describe('readSettings', () => {
  it('has a default that works for everything', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      port: 3000,
      dataDir: resolve('.data'),
      databaseUrl: undefined,
      portalEnabled: true,
      appUrl: 'http://localhost:3000',
      smtpUrl: undefined,
      logLevel: 'info',
      demo: true,
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it('reads which plans a provider may renew', () => {
    expect(readSettings({}).providerRenews).toEqual([]);
    expect(readSettings({ PROVIDER_RENEWS: 'pro, team-eu' }).providerRenews).toEqual(['pro', 'team-eu']);
    expect(problemsOf({ PROVIDER_RENEWS: 'pro enterprise' })).toEqual([expect.stringContaining('PROVIDER_RENEWS')]);
  });

  it('derives the address from the port', () => {
    expect(readSettings({ PORT: '4123' }).appUrl).toBe('http://localhost:4123');
    expect(readSettings({ APP_URL: 'https://portal.example.com/' }).appUrl).toBe('https://portal.example.com');
  });

  it.each(['abc', '0', '65536', '-1', '3000.5', '1e3'])('refuses the port %s in one sentence', (port) => {
    expect(problemsOf({ PORT: port })).toEqual([`PORT is "${port}": give a whole number from 1 to 65535.`]);
  });

  it('names every wrong value at once', () => {
    const problems = problemsOf({ PORT: 'x', ENABLE_CUSTOMER_PORTAL: 'maybe', APP_URL: 'portal', LOG_LEVEL: 'loud' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'ENABLE_CUSTOMER_PORTAL', 'APP_URL', 'LOG_LEVEL']);
  });

  it('never repeats a secret in a message', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://root:hunter2@host', AUTH_SECRET: 'hunter2', ENCRYPTION_KEY: 'hunter2' });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('switches the portal off', () => {
    expect(readSettings({ ENABLE_CUSTOMER_PORTAL: 'false' }).portalEnabled).toBe(false);
    expect(readSettings({ ENABLE_CUSTOMER_PORTAL: 'TRUE' }).portalEnabled).toBe(true);
  });

  it('requires its own secrets in production', () => {
    const production = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://user@host/database' };
    expect(problemsOf(production).map((problem) => problem.split(' ')[0])).toEqual(['AUTH_SECRET', 'ENCRYPTION_KEY']);
    expect(readSettings({ ...production, AUTH_SECRET: secret, ENCRYPTION_KEY: key }).demo).toBe(false);
  });

  it('stays in demo mode with the embedded database', () => {
    expect(readSettings({ NODE_ENV: 'production' }).demo).toBe(true);
    expect(readSettings({ NODE_ENV: 'production', PORTAL_MODE: 'demo', DATABASE_URL: 'postgresql://user@host/database' }).demo).toBe(true);
  });

  it('refuses to hand out a secret that nobody set', () => {
    expect(() => readSettings({}).authSecret).toThrow(SettingsError);
    expect(readSettings({ AUTH_SECRET: secret }).authSecret).toBe(secret);
  });
});
