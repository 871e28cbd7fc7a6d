import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, proxy } from './proxy';

const answer = () => proxy(new NextRequest('http://localhost:3000/account'));
const nonceOf = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1];

describe('the headers of a page', () => {
  it('let only scripts run that carry the nonce of this very response', () => {
    const first = nonceOf(answer().headers.get('content-security-policy'));
    const second = nonceOf(answer().headers.get('content-security-policy'));
    expect(Buffer.from(first ?? '', 'base64')).toHaveLength(16);
    expect(first).not.toBe(second);
  });

  it('hand the same nonce to the renderer', () => {
    const { headers } = answer();
    expect(headers.get('x-middleware-request-x-nonce')).toBe(nonceOf(headers.get('content-security-policy')));
  });

  it('neither run inline nor evaluated code in production', () => {
    const scripts = contentSecurityPolicy('abc', false).split('; ').find((directive) => directive.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  });

  it('keep other sites from framing the page and from seeing its address', () => {
    const { headers } = answer();
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
