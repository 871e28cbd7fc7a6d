import { describe, expect, it } from 'vitest';
import { returnPath } from './return-path';

const origin = 'https://portal.demo.example';

describe('the way back after signing in', () => {
  it('leads to the page that was asked for', () => {
    expect(returnPath('/usage?from=2026-11-01#chart', origin)).toBe('/usage?from=2026-11-01#chart');
    expect(returnPath(`${origin}/billing/inv_1`, origin)).toBe('/billing/inv_1');
  });

  it('leads home when nothing was asked for', () => {
    for (const nothing of [undefined, null, '', '/', 'http://[']) expect(returnPath(nothing, origin)).toBe('/overview');
  });

  it('never leads to another site', () => {
    const hostile = [
      'https://evil.example', 'http://portal.demo.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example',
      'javascript:alert(1)', 'data:text/html,x', `${origin}.evil.example/`, `${origin}@evil.example`, `${origin}//evil.example`, '/.//evil.example', ' //evil.example',
    ];
    for (const address of hostile) {
      const path = returnPath(address, origin);
      expect([address, new URL(path, origin).origin, path.startsWith('//')]).toEqual([address, origin, false]);
    }
  });
});
