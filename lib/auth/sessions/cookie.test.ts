import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as cookie from './cookie';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The module as it is in a process with this address. */
async function at(appUrl: string): Promise<typeof cookie> {
  vi.stubEnv('APP_URL', appUrl);
  vi.resetModules();
  return import('./cookie');
}

describe('the session cookie', () => {
  it('is bound to its host over https', async () => {
    const { sessionCookie } = await at('https://portal.demo.example');
    expect(sessionCookie()).toEqual({ name: '__Host-portal-session', options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true } });
  });

  it('works over http, and copies on two ports keep apart', async () => {
    const { sessionCookie } = await at('http://localhost:3000');
    expect(sessionCookie()).toEqual({ name: 'portal-session-3000', options: { httpOnly: true, sameSite: 'lax', path: '/', secure: false } });
    expect((await at('http://localhost:3001')).sessionCookie().name).toBe('portal-session-3001');
  });

  it('holds the id of a session, which nobody can read or change', async () => {
    const { sealSessionId, openSessionId } = await at('http://localhost:3000');
    const text = await sealSessionId('ses_demo');
    expect(Buffer.from(text, 'base64').toString()).not.toContain('ses_demo');
    expect(await openSessionId(text)).toBe('ses_demo');
    for (const wrong of ['', 'nonsense', text.slice(0, -2), `${text.slice(0, -5)}AAAAA`]) expect(await openSessionId(wrong)).toBeNull();
  });

  it('is found among others', async () => {
    const { readCookie } = await at('http://localhost:3000');
    expect(readCookie('theme=dark; portal-session-3000=abc%2B; x', 'portal-session-3000')).toBe('abc+');
    expect(readCookie('portal-session-30000=abc', 'portal-session-3000')).toBeNull();
    expect(readCookie('portal-session-3000=%', 'portal-session-3000')).toBeNull();
    expect(readCookie(null, 'portal-session-3000')).toBeNull();
  });
});
