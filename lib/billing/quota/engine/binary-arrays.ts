/**
 * Arrays in the binary form of PostgreSQL (`array_recv` in its `arrayfuncs.c`): dimensions, whether there are NULLs, type of the elements,
 * their number, where they begin, then each with its length. It reads them faster than numbers in text.
 */
const types = { integer: 23, bigint: 20, uuid: 2950 };
const headLength = 20;

type Element<Value> = Value | null | undefined;

/** The array of elements of that length, each set at its place; null and undefined are NULL. */
function written<Value>(type: number, length: number, values: readonly Element<Value>[], set: (view: DataView, place: number, value: Value) => void): Buffer {
  const room = Buffer.allocUnsafe(headLength + values.length * (4 + length));
  const view = new DataView(room.buffer, room.byteOffset, room.length);
  view.setInt32(0, 1);
  view.setInt32(4, 0);
  view.setInt32(8, type);
  view.setInt32(12, values.length);
  view.setInt32(16, 1);
  let place = headLength;
  for (const value of values) {
    if (value === null || value === undefined) {
      view.setInt32(4, 1);
      view.setInt32(place, -1);
      place += 4;
    } else {
      view.setInt32(place, length);
      set(view, place + 4, value);
      place += 4 + length;
    }
  }
  return room.subarray(0, place);
}

const most = 2n ** 63n - 1n;

/** What does not fit would be written as another number: it is a fault, as it is to PostgreSQL where it comes as text. */
function assertFits(fits: boolean, value: unknown): void {
  if (!fits) throw new RangeError(`${String(value)} does not fit into an element.`);
}

function setBigint(view: DataView, place: number, value: bigint | number): void {
  if (typeof value === 'bigint') {
    assertFits(value <= most && value >= -most - 1n, value);
    return view.setBigInt64(place, value);
  }
  assertFits(Number.isSafeInteger(value), value);
  view.setInt32(place, Math.floor(value / 2 ** 32));
  view.setUint32(place + 4, value >>> 0);
}

/** A `bigint[]`. Throws a RangeError for what is none, or no safe integer where it is a number. */
export const bigints = (values: readonly Element<bigint | number>[]): Buffer => written(types.bigint, 8, values, setBigint);

function setInteger(view: DataView, place: number, value: number): void {
  assertFits((value | 0) === value, value);
  view.setInt32(place, value);
}

/** An `integer[]`. Throws a RangeError for what is none. */
export const integers = (values: readonly Element<number>[]): Buffer => written(types.integer, 4, values, setInteger);

function digit(text: string, index: number): number {
  const code = text.charCodeAt(index);
  const value = code > 57 ? code - 87 : code - 48;
  assertFits(value >= 0 && value < 16, text);
  return value;
}

/** What four hexadecimal digits of it say. */
const four = (text: string, from: number): number =>
  (digit(text, from) << 12) | (digit(text, from + 1) << 8) | (digit(text, from + 2) << 4) | digit(text, from + 3);

function setUuid(view: DataView, place: number, value: string): void {
  view.setUint16(place, four(value, 0));
  view.setUint16(place + 2, four(value, 4));
  view.setUint16(place + 4, four(value, 9));
  view.setUint16(place + 6, four(value, 14));
  view.setUint16(place + 8, four(value, 19));
  view.setUint16(place + 10, four(value, 24));
  view.setUint16(place + 12, four(value, 28));
  view.setUint16(place + 14, four(value, 32));
}

/** A `uuid[]`, of UUIDs with hyphens and in lower case. Throws a RangeError for what is none. */
export const uuids = (values: readonly Element<string>[]): Buffer => written(types.uuid, 16, values, setUuid);
