import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address';

describe('the address of a client', () => {
  it('is that of the connection, whatever the client claims', () => {
    expect(clientAddress('203.0.113.5', '::ffff:192.0.2.1', 0)).toBe('192.0.2.1');
  });
  it('is what our own proxies saw, not what came before them', () => {
    expect(clientAddress('1.1.1.1, 203.0.113.5', '10.0.0.1', 1)).toBe('203.0.113.5');
    expect(clientAddress('1.1.1.1, 203.0.113.5, 10.0.0.2', '10.0.0.1', 2)).toBe('203.0.113.5');
  });
  it('is that of the connection when the proxy says nothing', () => {
    expect(clientAddress(undefined, '192.0.2.1', 1)).toBe('192.0.2.1');
    expect(clientAddress(undefined, undefined, 0)).toBe('unknown');
  });
});
