import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const codes = Buffer.from(alphabet, 'latin1');
const written = Buffer.alloc(26);

/** Bytes as digits of base 32, after that many bits of nothing: one by one into one place, since to put pieces of text together costs thrice that. */
function digitsOf(bytes: Buffer, emptyBits: number): string {
  let bits = 0;
  let open = emptyBits;
  let length = 0;
  for (const byte of bytes) {
    bits = ((bits & 15) << 8) | byte;
    open += 8;
    while (open >= 5) {
      open -= 5;
      written[length] = codes[(bits >> open) & 31] ?? 0;
      length += 1;
    }
  }
  return written.toString('latin1', 0, length);
}

/** The prefixes in use; an id says what it names. */
export type IdPrefix =
  | 'sel' | 'acc' | 'usr' | 'mem' | 'ses' | 'tok' | 'key' | 'plan' | 'pver' | 'price' | 'pfeat'
  | 'ovr' | 'boost' | 'sub' | 'inv' | 'line' | 'evt' | 'aud' | 'mail' | 'req' | 'tax' | 'cn' | 'alert' | 'whe' | 'whd' | 'whev'
  | 'addon' | 'aver' | 'item' | 'coup' | 'rdm' | 'pm' | 'att' | 'run' | 'clock' | 'quo' | 'setup' | 'co' | 'top' | 'ltx' | 'grant'
  | 'rfd' | 'dsp' | 'dre' | 'file' | 'ntc' | 'rec' | 'diff' | 'invt' | 'idn' | 'cc' | 'emt';

/** Prefixes of what the database knows by a UUID: usage events, reservations, leases. */
export type UuidPrefix = 'evt' | 'res' | 'lease';

// Random bytes are fetched for many ids at once: asking the system costs more than the rest of an id.
const pool = Buffer.alloc(9 * 512);
let taken = pool.length;
const scratch = Buffer.alloc(15);

/**
 * A new identifier such as `inv_06f2k…`: 48 bits of time, so that ids sort by age, and 72 random bits.
 */
export function newId(prefix: IdPrefix): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  scratch.writeUIntBE(Date.now(), 0, 6);
  pool.copy(scratch, 6, taken, taken + 9);
  taken += 9;
  return `${prefix}_${digitsOf(scratch, 0)}`;
}

const uuidBytes = Buffer.alloc(16);
const hyphen = '-'.charCodeAt(0);

/** The public name of something that the database knows by a UUID, such as the event `evt_0f3k…`. */
export function idOfUuid(prefix: UuidPrefix, uuid: string): string {
  let digits = 0;
  for (let place = 0; place < uuid.length; place += 1) {
    const code = uuid.charCodeAt(place);
    if (code === hyphen) continue;
    const byte = digits >> 1;
    uuidBytes[byte] = ((uuidBytes[byte] ?? 0) << 4) | (code > 57 ? code - 87 : code - 48);
    digits += 1;
  }
  // 128 bits are 26 digits of five, with two of nothing before them.
  return `${prefix}_${digitsOf(uuidBytes, 2)}`;
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
