import { isSafeNumber, parse, stringify } from 'lossless-json';
import { DomainError } from '@/lib/core/errors';

/** Integers beyond 2^53 become bigint, every other number a number. */
function parseNumber(text: string): number | bigint {
  return /^-?\d+$/.test(text) && !isSafeNumber(text) ? BigInt(text) : Number(text);
}

/** Parses JSON without losing digits of large integers. Throws `malformed_body`. */
export function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, parseNumber);
  } catch {
    throw new DomainError('malformed_body');
  }
}

/** JSON in which a bigint is an integer of all its digits and a Date an ISO 8601 string. */
export function toJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
