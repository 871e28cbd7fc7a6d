import NextAuth from 'next-auth';
import type { NextApiRequest, NextApiResponse } from 'next';
import { authOptions, type Refusal } from '@/lib/auth/sign-in/next-auth';
import { settings } from '@/lib/core/settings';

/** A browser that signs in through next-auth without a server of ours in between; what lies elsewhere it asks by HTTP. */
export class SignInBrowser {
  readonly cookies = new Map<string, string>();

  /** Does one step of signing in, such as `POST signin/oidc`, and gives where it leads to. */
  async step(method: 'GET' | 'POST', path: string, fields: Record<string, string> = {}): Promise<URL> {
    const header = [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const request = { header: (name: string) => ({ cookie: header, 'user-agent': 'Demo browser' })[name] ?? null, clientAddress: '192.0.2.1', language: 'en' as const };
    const refusal: Refusal = {};
    const query = { ...(method === 'GET' && fields), nextauth: path.split('/') };
    const asked = { method, query, body: method === 'POST' ? fields : undefined, cookies: Object.fromEntries(this.cookies), headers: { host: 'localhost' } };
    const { answer, heard } = this.#listener();
    await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, authOptions(request, refusal));
    if (refusal.error) throw refusal.error;
    return new URL(heard.location ?? '/', settings().appUrl);
  }

  /** The token that proves that a form is ours. */
  async csrfToken(): Promise<string> {
    const { answer, heard } = this.#listener();
    const request = { header: () => null, clientAddress: '192.0.2.1', language: 'en' as const };
    const asked = { method: 'GET', query: { nextauth: ['csrf'] }, cookies: Object.fromEntries(this.cookies), headers: { host: 'localhost' } };
    await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, authOptions(request, {}));
    return (heard.body as { csrfToken: string }).csrfToken;
  }

  #listener() {
    const heard: { location?: string; body?: unknown; cookies: string[] } = { cookies: [] };
    const keep = (lines: string | string[]): void => {
      for (const line of [lines].flat()) {
        const [pair = ''] = line.split(';', 1);
        const separator = pair.indexOf('=');
        const [name, value] = [pair.slice(0, separator), decodeURIComponent(pair.slice(separator + 1))];
        if (value === '') this.cookies.delete(name);
        else this.cookies.set(name, value);
      }
    };
    const answer = {
      status: () => answer,
      getHeader: () => undefined,
      setHeader: (name: string, value: string | string[]) => {
        if (name.toLowerCase() === 'set-cookie') keep(value);
        if (name.toLowerCase() === 'location') heard.location = String(value);
        return answer;
      },
      json: (body: { url?: string }) => void (heard.location = body.url),
      send: (body: unknown) => void (heard.body = body),
      end: () => undefined,
    };
    return { answer, heard };
  }
}
