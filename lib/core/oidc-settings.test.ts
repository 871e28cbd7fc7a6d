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

const client = { OIDC_ISSUER: 'https://login.example.com/', OIDC_CLIENT_ID: 'portal', OIDC_CLIENT_SECRET: 'hunter2' };

describe('the settings of an identity provider', () => {
  it('are left out without a word', () => {
    expect(readSettings({}).oidc).toBeNull();
  });

  it('are an issuer, a client and a name, the host unless told', () => {
    const told = { issuer: 'https://login.example.com', clientId: 'portal', clientSecret: 'hunter2', name: 'login.example.com' };
    expect(readSettings(client).oidc).toEqual(told);
    expect(readSettings({ ...client, OIDC_NAME: ' Example login ' }).oidc).toEqual({ ...told, name: 'Example login' });
    expect(readSettings({ ...client, OIDC_ISSUER: 'https://login.example.com/realms/demo' }).oidc?.issuer).toBe('https://login.example.com/realms/demo');
  });

  it('are given whole or not at all', () => {
    expect(problemsOf({ OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'portal' })).toEqual([
      'OIDC_CLIENT_SECRET is not set: signing in with an identity provider needs OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, all three or none.',
    ]);
    expect(problemsOf({ OIDC_NAME: 'Example login' })).toEqual(['OIDC_NAME is set without an identity provider: give OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET too, or leave it out.']);
  });

  it.each(['login.example.com', 'http://login.example.com', 'https://login.example.com/?tenant=1', 'https://login.example.com/#top', 'https://me@login.example.com', 'ftp://login.example.com'])(
    'refuse the issuer %s',
    (issuer) => {
      expect(problemsOf({ ...client, OIDC_ISSUER: issuer })).toEqual([`OIDC_ISSUER is "${issuer}": give the https address of the issuer, such as https://login.example.com.`]);
    },
  );

  it('take plain http on this machine', () => {
    expect(readSettings({ ...client, OIDC_ISSUER: 'http://localhost:12113' }).oidc?.issuer).toBe('http://localhost:12113');
  });

  it('never repeat the secret', () => {
    expect(problemsOf({ ...client, OIDC_CLIENT_SECRET: 'hunter2'.repeat(300) }).join()).toBe('OIDC_CLIENT_SECRET is not right: give the client secret that the identity provider shows.');
  });
});
