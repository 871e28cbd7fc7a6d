import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed';

describe('a sealed text', () => {
  it('is opened for the purpose it was sealed for, and reads differently each time', () => {
    const sealed = seal('a secret 密钥', 'row 1');
    expect(unseal(sealed, 'row 1')).toBe('a secret 密钥');
    expect(sealed).not.toContain('secret');
    expect(seal('a secret 密钥', 'row 1')).not.toBe(sealed);
  });

  it('is refused for another purpose, and when a byte of it was changed', () => {
    const sealed = seal('a secret', 'row 1');
    expect(() => unseal(sealed, 'row 2')).toThrow();
    const last = sealed.slice(-2);
    expect(() => unseal(sealed.slice(0, -2) + (last === 'AA' ? 'BB' : 'AA'), 'row 1')).toThrow();
    expect(() => unseal(sealed.replace(/\.[0-9a-f]{8}\./, '.00000000.'), 'row 1')).toThrow(/ENCRYPTION_KEY/);
  });
});
