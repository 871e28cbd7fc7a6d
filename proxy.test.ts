import { readdirSync } from 'node:fs';
import { NextRequest } from 'next/server';
import { describe, expect, it, vi } from 'vitest';
import { isPortalPath, portalSections } from './lib/core/portal-sections';
import { contentSecurityPolicy, proxy } from './proxy';

const answer = async () => proxy(new NextRequest('http://localhost:3000/account'));
const nonceOf = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1];

const directive = (policy: string, name: string) => policy.split('; ').find((one) => one.startsWith(`${name} `));

describe('the headers of a page', () => {
  it('let only scripts run that carry the nonce of this very response', async () => {
    const first = nonceOf((await answer()).headers.get('content-security-policy'));
    const second = nonceOf((await answer()).headers.get('content-security-policy'));
    expect(Buffer.from(first ?? '', 'base64')).toHaveLength(16);
    expect(first).not.toBe(second);
  });

  it('hand the same nonce to the renderer', async () => {
    const { headers } = await answer();
    expect(headers.get('x-middleware-request-x-nonce')).toBe(nonceOf(headers.get('content-security-policy')));
  });

  it('neither run inline nor evaluated code in production', () => {
    expect(directive(contentSecurityPolicy('abc', false), 'script-src')).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  });

  it('let in what the payment gateways need and nobody else', () => {
    const pay = { scripts: ['https://js.pay.example'], connections: ['https://api.pay.example'], frames: ['https://js.pay.example', 'https://hooks.pay.example'] };
    const policy = contentSecurityPolicy('abc', false, [pay, pay]);
    expect(directive(policy, 'script-src')).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic' https://js.pay.example");
    expect(directive(policy, 'connect-src')).toBe("connect-src 'self' https://api.pay.example");
    expect(directive(policy, 'frame-src')).toBe('frame-src https://js.pay.example https://hooks.pay.example');
    expect(directive(contentSecurityPolicy('abc', false), 'frame-src')).toBe("frame-src 'none'");
  });

  it('let only the portal’s own pages be shown in a frame', () => {
    const folders = readdirSync('app/(portal)', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...portalSections].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it.each(['/sign-in', '/', '', '//evil.example/billing', '/billing/../sign-in', '/billing/../../../sign-in', '/billing/%2e%2e/sign-in', '/\\\\evil.example', 'https://evil.example/billing', '/billing-other'])('do not let %j be shown in one', (path) => {
    expect(isPortalPath(path)).toBe(false);
  });

  it('keep other sites from framing the page and from seeing its address', async () => {
    const { headers } = await answer();
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('let a frame of a portal that is switched off say so, and no other page of it', async () => {
    vi.stubEnv('ENABLE_CUSTOMER_PORTAL', 'false');
    vi.resetModules();
    const { proxy: switchedOff } = await import('./proxy');
    const ancestors = async (path: string) => {
      const { headers, status } = await switchedOff(new NextRequest(`http://localhost:3000${path}`));
      return [status, directive(headers.get('content-security-policy') ?? '', 'frame-ancestors')];
    };
    expect(await ancestors('/embed/acc_demo/billing')).toEqual([404, 'frame-ancestors *']);
    expect(await ancestors('/account')).toEqual([404, "frame-ancestors 'none'"]);
    vi.unstubAllEnvs();
    vi.resetModules();
  });
});
