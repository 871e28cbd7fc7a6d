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
  | 'sub' | 'inv' | 'line' | 'evt' | 'aud' | 'mail' | 'req' | 'tax' | 'alert' | 'whe' | 'whd' | 'whev';

/** Prefixes of what the database knows by a UUID: usage events, reservations, leases. */
export type UuidPrefix = 'evt' | 'res' | 'lease';

/**
 * A new identifier such as `inv_06f2k…`: 48 bits of time, so that ids sort by age, and 72 random bits.
 */
export function newId(prefix: IdPrefix): string {
  const bytes = Buffer.alloc(15);
  bytes.writeUIntBE(Date.now(), 0, 6);
  randomBytes(9).copy(bytes, 6);
  return `${prefix}_${base32(bytes)}`;
}

/** The public name of something that the database knows by a UUID, such as the event `evt_0f3k…`. */
export function idOfUuid(prefix: UuidPrefix, uuid: string): string {
  return `${prefix}_${base32(Buffer.from(uuid.replaceAll('-', ''), 'hex'))}`;
}

/** The UUID behind such a name; null when the text is not one. */
export function uuidOfId(prefix: UuidPrefix, id: string): string | null {
  const digits = id.slice(prefix.length + 1);
  if (!id.startsWith(`${prefix}_`) || !/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(digits)) return null;
  let value = 0n;
  for (const digit of digits) value = value * 32n + BigInt(alphabet.indexOf(digit));
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
