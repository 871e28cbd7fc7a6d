import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { EventNotAuthentic, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';

/** Who signs PayPal's notices, by the name in the certificate. Source: developer.paypal.com/api/rest/webhooks/rest. */
const signers = /^messageverificationcerts\.(sandbox\.)?paypal\.com$/;
const longestChain = 5;
const largestFile = 64 * 1024;
/** So many certificates are kept at most; PayPal uses one for months. */
const mostKept = 16;

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

let roots: X509Certificate[] | undefined;
/** The authorities that this machine's runtime trusts. */
const trustedRoots = (): X509Certificate[] => (roots ??= rootCertificates.map((text) => new X509Certificate(text)));

/**
 * The certificates by which notices are signed: fetched from where a notice says, when that is PayPal, and kept. With a
 * local sandbox: from that sandbox alone, whose authority is the one that it shows.
 */
export class SigningCertificates {
  readonly #kept = new Map<string, Promise<X509Certificate>>();

  constructor(private readonly apiBase: URL | undefined) {}

  /** Throws `EventNotAuthentic` for one that is not PayPal's, and `GatewayUnavailable` when it cannot be fetched. */
  async at(address: string, now: Date): Promise<X509Certificate> {
    if (!this.#isAllowed(address)) throw new EventNotAuthentic('The notice names a certificate that lies elsewhere than at PayPal.');
    const kept = this.#kept.get(address) ?? this.#fetch(address, now);
    if (this.#kept.size >= mostKept && !this.#kept.has(address)) this.#kept.clear();
    this.#kept.set(address, kept);
    const certificate = await kept.catch((error: unknown) => {
      this.#kept.delete(address);
      throw error;
    });
    if (!isValidAt(certificate, now)) throw new EventNotAuthentic('The certificate of the notice is out of date.');
    return certificate;
  }

  #isAllowed(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const { origin, protocol, hostname, port, username, password } = new URL(address);
    if (username || password) return false;
    if (this.apiBase) return origin === this.apiBase.origin;
    return protocol === 'https:' && port === '' && /^api(-m)?\.(sandbox\.)?paypal\.com$/.test(hostname);
  }

  async #fetch(address: string, now: Date): Promise<X509Certificate> {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (!answer?.ok) throw new GatewayUnavailable('The certificate of a notice could not be fetched.');
    const text = await answer.text();
    const chain = text.length > largestFile ? [] : (text.match(pem) ?? []).slice(0, longestChain).map((one) => new X509Certificate(one));
    return trusted(chain, this.apiBase ? chain.slice(-1) : trustedRoots(), now);
  }
}

const isValidAt = ({ validFrom, validTo }: X509Certificate, now: Date): boolean => new Date(validFrom) <= now && now <= new Date(validTo);

const isIssuedBy = (one: X509Certificate, issuer: X509Certificate): boolean => issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey);

/** The first certificate of the chain, when each is issued by the next and the last by a trusted root. Throws `EventNotAuthentic`. Pure. */
export function trusted(chain: readonly X509Certificate[], roots: readonly X509Certificate[], now: Date): X509Certificate {
  const [leaf] = chain;
  const last = chain.at(-1);
  const name = /(?:^|\n)CN=(.+)/.exec(leaf?.subject ?? '')?.[1]?.trim() ?? '';
  const isWhole = chain.every((one, index) => isValidAt(one, now) && (index + 1 === chain.length || isIssuedBy(one, chain[index + 1]!)));
  const isRooted = last && roots.some((root) => isValidAt(root, now) && (root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root)));
  if (!leaf || !signers.test(name) || !isWhole || !isRooted) throw new EventNotAuthentic('The certificate of the notice is not one of PayPal’s.');
  return leaf;
}
