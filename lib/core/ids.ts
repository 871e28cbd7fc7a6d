import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Every two digits, by the number of ten bits that they stand for: ids are made for every call, and several in some. */
const pairs = Array.from({ length: 1024 }, (_, number) => alphabet.charAt(number >> 5) + alphabet.charAt(number & 31));

/** Five bytes from that place on as the eight digits of base 32 that they are. */
function eightDigits(bytes: Buffer, at: number): string {
  const high = bytes.readUIntBE(at, 3);
  const low = bytes.readUIntBE(at + 2, 3);
  return `${pairs[high >> 14]}${pairs[(high >> 4) & 1023]}${pairs[(low >> 10) & 1023]}${pairs[low & 1023]}`;
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
  return `${prefix}_${eightDigits(scratch, 0)}${eightDigits(scratch, 5)}${eightDigits(scratch, 10)}`;
}

/** The public name of something that the database knows by a UUID, such as the event `evt_0f3k…`. */
export function idOfUuid(prefix: UuidPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  // A thousand at once are named in an answer: five hexadecimal digits are four of ours.
  let text = `${prefix}_${pairs[parseInt(hex.slice(0, 2), 16)]}`;
  for (let place = 2; place < 32; place += 5) {
    const bits = parseInt(hex.slice(place, place + 5), 16);
    text += `${pairs[bits >> 10]}${pairs[bits & 1023]}`;
  }
  return text;
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
