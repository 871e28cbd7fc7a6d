import { isSafeNumber, parse } from 'lossless-json';
import { DomainError } from '@/lib/core/errors';

/** Integers beyond 2^53 become bigint, every other number a number. */
function parseNumber(text: string): number | bigint {
  return /^-?\d+$/.test(text) && !isSafeNumber(text) ? BigInt(text) : Number(text);
}

/** A number of fewer digits is exact as it is. */
const manyDigits = /\d{16}/;

/** Parses JSON without losing digits of large integers; of members with the same name the last counts. Throws `malformed_body`. */
export function parseJson(text: string): unknown {
  try {
    if (!manyDigits.test(text)) return JSON.parse(text) as unknown;
    return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    throw new DomainError('malformed_body');
  }
}

/** What JSON writes in another way than it is, or may: left to JSON.stringify. */
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoted = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

// The same names and moments (when a limit begins anew) are written again and again: each is written once.
const largestMemory = 1_000;

function remembered<Key>(written: Map<Key, string>, key: Key, write: (key: Key) => string): string {
  const known = written.get(key);
  if (known !== undefined) return known;
  if (written.size >= largestMemory) written.clear();
  const text = write(key);
  written.set(key, text);
  return text;
}

const names = new Map<string, string>();
const moments = new Map<number, string>();
const nameText = (name: string): string => `${quoted(name)}:`;
const momentText = (milliseconds: number): string => (Number.isNaN(milliseconds) ? 'null' : `"${new Date(milliseconds).toISOString()}"`);

/** Undefined for what JSON has no form for. */
function write(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'object':
      return value === null ? 'null' : writeObject(value);
    default:
      return undefined;
  }
}

function writeObject(value: object): string {
  if (value instanceof Date) return remembered(moments, value.getTime(), momentText);
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`;
  let text = '{';
  for (const name in value) {
    const written = write((value as Record<string, unknown>)[name]);
    if (written !== undefined) text += (text.length > 1 ? ',' : '') + remembered(names, name, nameText) + written;
  }
  return `${text}}`;
}

/** JSON in which a bigint is an integer of all its digits and a Date an ISO 8601 string; for plain data. */
export function toJson(value: unknown): string {
  return write(value) ?? 'null';
}
