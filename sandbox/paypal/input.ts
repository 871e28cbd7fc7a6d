import { z } from 'zod';
import { invalidRequest, type ErrorDetail } from './errors';

/** Whatever is sent, none of which counts. */
export const anything = z.unknown();

export const text = (longest = 127) => z.string().min(1).max(longest);

/** Money as it is sent; whether it may be paid is seen later. */
export const money = () => z.object({ currency_code: z.string().length(3), value: z.string().regex(/^-?\d{1,15}(\.\d{1,5})?$/) });

/** An address to go back to. */
export const webAddress = () => z.string().max(4_000).refine((value) => URL.canParse(value), 'Not a URL');

/** A number within a query. */
export const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((within, step) => (typeof within === 'object' && within !== null ? (within as Record<PropertyKey, unknown>)[step] : undefined), value);
}

function detailOf(issue: z.core.$ZodIssue, given: unknown, location: 'body' | 'query'): ErrorDetail {
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.map((errors) => errors[0]!).sort((one, other) => other.path.length - one.path.length)[0]!;
    return detailOf({ ...closest, path: [...issue.path, ...closest.path] }, given, location);
  }
  const value = valueAt(given, issue.path);
  const field = location === 'body' ? `/${issue.path.map(String).join('/')}` : String(issue.path[0] ?? '');
  const place = { field, location, ...((typeof value === 'string' || typeof value === 'number') && { value: String(value) }) };
  if (value === undefined) return { ...place, issue: 'MISSING_REQUIRED_PARAMETER', description: 'A required field / parameter is missing.' };
  if (issue.code === 'invalid_value') return { ...place, issue: 'INVALID_PARAMETER_VALUE', description: 'The value of a field is invalid.' };
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    return typeof value === 'string' && location === 'body'
      ? { ...place, issue: 'INVALID_STRING_LENGTH', description: 'The value of a field is either too short or too long.' }
      : { ...place, issue: 'INVALID_PARAMETER_VALUE', description: 'The value of a field is invalid.' };
  }
  return { ...place, issue: 'INVALID_PARAMETER_SYNTAX', description: 'The value of a field does not conform to the expected format.' };
}

/** Reads what was sent. Throws PayPal's `INVALID_REQUEST`, which names each field that is wrong. */
export function read<T extends z.ZodType>(shape: T, given: unknown, location: 'body' | 'query'): z.output<T> {
  const result = shape.safeParse(given);
  if (!result.success) throw invalidRequest(result.error.issues.map((issue) => detailOf(issue, given, location)));
  return result.data;
}
