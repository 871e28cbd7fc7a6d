import { expect, it } from 'vitest';
import { pageOrigins } from './page-origins';

it('allows Stripe alone, or the sandbox in its place', () => {
  const all = ({ scripts, connections, frames }: ReturnType<typeof pageOrigins>) => [...scripts, ...connections, ...frames];
  expect(all(pageOrigins(undefined)).every((source) => /^https:\/\/[\w.*-]+\.stripe\.com$/.test(source))).toBe(true);
  expect(new Set(all(pageOrigins(new URL('http://localhost:4242/'))))).toEqual(new Set(['http://localhost:4242']));
});
