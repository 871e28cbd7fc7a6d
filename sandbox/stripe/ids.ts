import { randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits, as Stripe's ids have them. */
export function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

const lengths: Record<string, number> = { cus: 14, req: 14, cs_test: 58 };

/** An id such as `cus_NffrFeUfNV2Hib`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(lengths[prefix] ?? 24)}`;
}

/** The secret with which a browser may work on one intent: `pi_…_secret_…`. */
export function clientSecretOf(id: string): string {
  return `${id}_secret_${randomText(25)}`;
}
