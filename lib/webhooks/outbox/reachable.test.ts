import { describe, expect, it } from 'vitest';
import { isReachable, problemOf, reachableLookup } from './reachable';

describe('isReachable', () => {
  it.each(['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', 'fd00::1', 'fe80::1', '::', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a00:1'])(
    'refuses %s everywhere',
    (address) => expect([isReachable(address, true), isReachable(address, false)]).toEqual([false, false]),
  );
  it.each(['127.0.0.1', '127.8.9.1', '::1'])('takes %s in development only', (address) => {
    expect([isReachable(address, true), isReachable(address, false)]).toEqual([true, false]);
  });
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('takes %s', (address) => expect(isReachable(address, false)).toBe(true));
});

describe('problemOf', () => {
  it.each([
    'product.example.com', 'http://product.example.com', 'ftp://product.example.com', 'https://user:pass@product.example.com/', 'https://product.example.com/#part',
    'https://10.0.0.1/', 'https://[fd00::1]/', 'https://169.254.169.254/latest', 'https://2130706433/', 'https://localhost/', 'https://api.localhost/', 'http://127.0.0.1:3000/', 'https://[::1]/', 'https://[::ffff:7f00:1]/',
  ])('finds one with %s in production', (address) => expect(problemOf(address, false)).toMatch(/\.$/));
  it('finds none with a public https address', () => expect(problemOf('https://product.example.com/webhooks?from=portal', false)).toBeNull());
  it('lets this machine be called in development, also without TLS, and no other without it', () => {
    expect(['http://127.0.0.1:3000/', 'http://localhost:3000/', 'https://localhost/'].map((address) => problemOf(address, true))).toEqual([null, null, null]);
    expect(problemOf('http://product.example.com/', true)).not.toBeNull();
    expect(problemOf('http://192.168.1.1/', true)).not.toBeNull();
  });
});

describe('reachableLookup', () => {
  const find = (development: boolean, all: boolean) =>
    new Promise((resolve) => reachableLookup(development)('localhost', { all }, (error, address) => resolve(error ? error.message : address)));

  it('refuses a name that points inside', async () => {
    expect(await find(false, true)).toMatch(/cannot be reached/);
  });
  it('answers in either form that a connection asks for', async () => {
    expect(await find(true, false)).toMatch(/^(127\.|::1)/);
    expect(await find(true, true)).toEqual(expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]));
  });
});
