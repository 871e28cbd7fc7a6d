import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { signingCertificate } from '@/sandbox/paypal/certificate';
import { SigningCertificates, trusted } from './signing-certificates';

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

describe('certificates that are fetched', () => {
  const address = 'https://api.paypal.com/v1/notifications/certs/CERT-DEMO';
  const sandbox = new URL('http://localhost:4343');
  const inSandbox = new URL('/v1/notifications/certs/CERT-DEMO', sandbox).href;
  const pem = (...chain: X509Certificate[]) => chain.map(String).join('');
  /** What lies at every address; how often it was fetched. */
  const serve = (text: string, status = 200) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(text, { status }));
  const inYears = (years: number) => new Date(now.getTime() + years * 365 * 86_400_000);
  afterEach(() => vi.restoreAllMocks());

  it('are fetched once and kept, however many ask at a time', async () => {
    const fetched = serve(pem(leaf, root));
    const certificates = new SigningCertificates(sandbox);
    const found = await Promise.all([1, 2, 3].map(() => certificates.at(inSandbox, now)));
    expect(found.map(({ fingerprint256 }) => fingerprint256)).toEqual([leaf, leaf, leaf].map(({ fingerprint256 }) => fingerprint256));
    await certificates.at(inSandbox, now);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('are not believed once they are out of date, kept or not', async () => {
    serve(pem(leaf, root));
    const certificates = new SigningCertificates(sandbox);
    await certificates.at(inSandbox, now);
    await expect(certificates.at(inSandbox, inYears(20))).rejects.toThrow(notPayPals);
    await expect(new SigningCertificates(sandbox).at(inSandbox, inYears(20))).rejects.toThrow(notPayPals);
  });

  it('are not believed from PayPal’s own address when no authority that Node trusts stands behind them', async () => {
    const fetched = serve(pem(leaf, root));
    await expect(new SigningCertificates(undefined).at(address, now)).rejects.toThrow(notPayPals);
    expect(fetched).toHaveBeenCalledWith(address, expect.objectContaining({ redirect: 'error' }));
  });

  it('are not believed in another order, twice instead of a chain, or as what is none', async () => {
    for (const text of [pem(root, leaf), pem(leaf, leaf), 'no certificate', '', `${'x'.repeat(70_000)}${pem(leaf, root)}`]) {
      serve(text);
      await expect(new SigningCertificates(sandbox).at(inSandbox, now)).rejects.toThrow(notPayPals);
    }
  });

  it('are fetched again after they could not be', async () => {
    const certificates = new SigningCertificates(sandbox);
    serve('gone', 404);
    await expect(certificates.at(inSandbox, now)).rejects.toMatchObject({ name: 'GatewayUnavailable' });
    serve(pem(leaf, root));
    expect((await certificates.at(inSandbox, now)).fingerprint256).toBe(leaf.fingerprint256);
  });
});
