import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: Uint8Array): string {
  let value = BigInt('0x' + Buffer.from(bytes).toString('hex'));
  let text = '';
  for (let digits = Math.ceil((bytes.length * 8) / 5); digits > 0; digits -= 1) {
    text = alphabet.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}

/** The prefixes in use; an id says what it names. */
export type IdPrefix =
  | 'sel' | 'acc' | 'usr' | 'mem' | 'ses' | 'tok' | 'key' | 'plan' | 'pver' | 'price' | 'pfeat'
  | 'sub' | 'inv' | 'line' | 'evt' | 'aud' | 'mail' | 'req' | 'tax';

/**
 * A new identifier such as `inv_06f2k…`: 48 bits of time, so that ids sort by age, and 72 random bits.
 */
export function newId(prefix: IdPrefix): string {
  const bytes = Buffer.alloc(15);
  bytes.writeUIntBE(Date.now(), 0, 6);
  randomBytes(9).copy(bytes, 6);
  return `${prefix}_${base32(bytes)}`;
}
