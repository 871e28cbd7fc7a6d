/**
 * Arrays in the binary form of PostgreSQL (`array_recv` in its `arrayfuncs.c`): dimensions, whether there are NULLs, type of the elements,
 * their number, where they begin, then each with its length. It reads them in a third of the time that numbers in text take.
 */
const types = { integer: 23, bigint: 20, uuid: 2950 };
const headLength = 20;

/** Room for so many elements of that length, each with its own length before it, behind the head. */
function begin(type: number, elements: number, elementLength: number): DataView<ArrayBuffer> {
  const { buffer, byteOffset, length } = Buffer.allocUnsafe(headLength + elements * (4 + elementLength));
  const view = new DataView(buffer, byteOffset, length);
  view.setInt32(0, 1);
  view.setInt32(4, 0);
  view.setInt32(8, type);
  view.setInt32(12, elements);
  view.setInt32(16, 1);
  return view;
}

/** Writes NULL, and that there is one. */
function setNull(view: DataView, place: number): void {
  view.setInt32(4, 1);
  view.setInt32(place, -1);
}

type Element<Value> = Value | null | undefined;

/** A `bigint[]`; what is a number must be a safe integer. Null and undefined are NULL. */
export function bigints(values: readonly Element<bigint | number>[]): Buffer {
  const view = begin(types.bigint, values.length, 8);
  let place = headLength;
  for (const value of values) {
    if (value === null || value === undefined) {
      setNull(view, place);
      place += 4;
      continue;
    }
    view.setInt32(place, 8);
    if (typeof value === 'bigint') view.setBigInt64(place + 4, value);
    else {
      view.setInt32(place + 4, Math.floor(value / 2 ** 32));
      view.setUint32(place + 8, value >>> 0);
    }
    place += 12;
  }
  return Buffer.from(view.buffer, view.byteOffset, place);
}

/** An `integer[]`. Null and undefined are NULL. */
export function integers(values: readonly Element<number>[]): Buffer {
  const view = begin(types.integer, values.length, 4);
  let place = headLength;
  for (const value of values) {
    if (value === null || value === undefined) {
      setNull(view, place);
      place += 4;
      continue;
    }
    view.setInt32(place, 4);
    view.setInt32(place + 4, value);
    place += 8;
  }
  return Buffer.from(view.buffer, view.byteOffset, place);
}

function digit(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code > 57 ? code - 87 : code - 48;
}

/** What four hexadecimal digits of it say. */
const four = (text: string, from: number): number =>
  (digit(text, from) << 12) | (digit(text, from + 1) << 8) | (digit(text, from + 2) << 4) | digit(text, from + 3);

/** A `uuid[]`, of UUIDs with hyphens and in lower case. */
export function uuids(values: readonly string[]): Buffer {
  const view = begin(types.uuid, values.length, 16);
  let place = headLength;
  for (const value of values) {
    view.setInt32(place, 16);
    view.setUint16(place + 4, four(value, 0));
    view.setUint16(place + 6, four(value, 4));
    view.setUint16(place + 8, four(value, 9));
    view.setUint16(place + 10, four(value, 14));
    view.setUint16(place + 12, four(value, 19));
    view.setUint16(place + 14, four(value, 24));
    view.setUint16(place + 16, four(value, 28));
    view.setUint16(place + 18, four(value, 32));
    place += 20;
  }
  return Buffer.from(view.buffer, view.byteOffset, place);
}
