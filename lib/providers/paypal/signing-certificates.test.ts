import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { signingCertificate } from '@/sandbox/paypal/certificate';
import { trusted } from './signing-certificates';

let leaf: X509Certificate;
let root: X509Certificate;
const now = new Date();
const notPayPals = expect.objectContaining({ name: 'EventNotAuthentic' });

beforeAll(async () => {
  const made = await signingCertificate();
  [leaf, root] = [new X509Certificate(made.certificate), new X509Certificate(made.root)];
});

describe('a chain of certificates', () => {
  it('is trusted as far as a root that we trust, whether it shows the root or not', () => {
    expect(trusted([leaf, root], [root], now)).toBe(leaf);
    expect(trusted([leaf], [root], now)).toBe(leaf);
  });

  it('is not trusted by a root that we do not trust, or by none', () => {
    expect(() => trusted([leaf, root], rootCertificates.slice(0, 20).map((text) => new X509Certificate(text)), now)).toThrow(notPayPals);
    expect(() => trusted([leaf, root], [], now)).toThrow(notPayPals);
    expect(() => trusted([], [root], now)).toThrow(notPayPals);
  });

  it('is not trusted in another order, or when it signs for another name', () => {
    expect(() => trusted([leaf, leaf, root], [root], now)).toThrow(notPayPals);
    expect(() => trusted([root], [root], now)).toThrow(notPayPals);
  });

  it('is not trusted before and after its time', () => {
    expect(() => trusted([leaf, root], [root], new Date('2000-01-01T00:00:00Z'))).toThrow(notPayPals);
    expect(() => trusted([leaf, root], [root], new Date('2100-01-01T00:00:00Z'))).toThrow(notPayPals);
  });
});
