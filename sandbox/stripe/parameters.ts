import { z } from 'zod';
import type { FormFields } from '../server/form';
import { invalidRequest, type Refusal } from './errors';

/** What a complaint about a value says beside its message. */
interface Complaint {
  code?: string;
}

type Context = z.core.$RefinementCtx;

function complain(context: Context, message: string, complaint: Complaint = {}): never {
  context.issues.push({ code: 'custom', message, input: undefined, params: complaint });
  return z.NEVER;
}

/** Text of one letter or more. */
export const text = (longest = 5_000) => z.string().min(1).max(longest);

/** An address to go to; other schemes than http are those of apps. */
export const webAddress = () =>
  z.string().max(5_000).transform((value, context) => (URL.canParse(value) ? value : complain(context, 'Not a valid URL', { code: 'url_invalid' })));

/** A whole number. */
export const integer = (least?: number) =>
  z.string().transform((value, context) => {
    if (!/^-?\d{1,15}$/.test(value)) return complain(context, `Invalid integer: ${value}`, { code: 'parameter_invalid_integer' });
    if (least !== undefined && Number(value) < least) {
      return complain(context, `This value must be greater than or equal to ${least}.`, { code: 'parameter_invalid_integer' });
    }
    return Number(value);
  });

/** `true` or `false`. */
export const boolean = () =>
  z.string().transform((value, context) => {
    if (value !== 'true' && value !== 'false') return complain(context, `Invalid boolean: ${value}`);
    return value === 'true';
  });

/** One of these words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W) => z.enum(words);

export const list = <T extends z.ZodType>(item: T) => z.array(item);

/** Named fields, and no others. */
export const hash = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape);

/** Whatever fields the caller sends: for parts of Stripe's API that change nothing here. */
export const anyHash = () => z.record(z.string(), z.unknown());

/** Empty text unsets the value: it is read as null. */
export const unsettable = <T extends z.ZodType>(inner: T) =>
  z.unknown().transform((value, context): z.output<T> | null => {
    if (value === '') return null;
    const read = inner.safeParse(value);
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });

/** Metadata to merge: an empty value removes its key; null removes all. */
export const metadata = () => unsettable(z.record(z.string().max(40), z.string().max(500)));

/** Metadata after a change: https://docs.stripe.com/api/metadata */
export function mergeMetadata(before: Record<string, string> | null, change: Record<string, string> | null | undefined): Record<string, string> {
  if (change === undefined) return before ?? {};
  if (change === null) return {};
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged);
}

export const address = () =>
  hash({ city: unsettable(text()).optional(), country: unsettable(text(2)).optional(), line1: unsettable(text()).optional(), line2: unsettable(text()).optional(), postal_code: unsettable(text()).optional(), state: unsettable(text()).optional() });

/** A moment, or bounds of one: `created=5`, `created[gte]=5`. */
export const range = () => z.union([integer(), hash({ gt: integer().optional(), gte: integer().optional(), lt: integer().optional(), lte: integer().optional() })]);
export type Range = z.output<ReturnType<typeof range>>;

/** What every list takes. */
export const pagination = {
  limit: z
    .string()
    .transform((value, context) => {
      if (!/^-?\d{1,15}$/.test(value)) return complain(context, `Invalid integer: ${value}`, { code: 'parameter_invalid_integer' });
      if (Number(value) > 100) return complain(context, 'Number must be less than or equal to 100.', { code: 'parameter_invalid_integer' });
      if (Number(value) < 1) return complain(context, 'This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer' });
      return Number(value);
    })
    .optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

/** What some of these parameters hold once they are read. */
export type Inferred<T extends z.ZodRawShape> = { [K in keyof T]?: z.output<T[K]> };

function nameOf(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path.map(String);
  return [first ?? '', ...rest.map((step) => `[${step}]`)].join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((within, step) => (typeof within === 'object' && within !== null ? (within as Record<PropertyKey, unknown>)[step] : undefined), value);
}

function spoken(words: readonly unknown[]): string {
  const names = words.map(String);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}, or ${names.at(-1)}`;
}

const emptyText = (name: string): Refusal =>
  invalidRequest(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a field; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param: name },
  );

/** Stripe's words for what zod found. */
function refusalOf(issue: z.core.$ZodIssue, given: unknown): Refusal {
  if (issue.code === 'unrecognized_keys') {
    const name = nameOf([...issue.path, issue.keys[0]!]);
    return invalidRequest(`Received unknown parameter: ${name}`, { code: 'parameter_unknown', param: name });
  }
  const name = nameOf(issue.path);
  const value = valueAt(given, issue.path);
  if (value === undefined) return invalidRequest(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  if (value === '') return emptyText(name);
  if (issue.code === 'custom') return invalidRequest(issue.message, { ...(issue.params as Complaint | undefined), param: name });
  if (issue.code === 'invalid_value') return invalidRequest(`Invalid ${name}: must be one of ${spoken(issue.values)}`, { param: name });
  if (issue.code === 'too_big') return invalidRequest(`Invalid string: too long; must be at most ${issue.maximum} characters`, { param: name });
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.map((errors) => errors[0]!).sort((one, other) => other.path.length - one.path.length)[0]!;
    return refusalOf({ ...closest, path: [...issue.path, ...closest.path] }, given);
  }
  if (issue.code === 'invalid_type') return invalidRequest(`Invalid ${issue.expected === 'string' ? 'string' : issue.expected === 'array' ? 'array' : 'object'}`, { param: name });
  return invalidRequest(`Invalid ${name}`, { param: name });
}

/** Reads the parameters of a request. Throws a `Refusal` that names the first that is wrong. */
export function readParameters<S extends z.ZodRawShape>(shape: S, given: FormFields): z.output<z.ZodObject<S>> {
  const read = z.strictObject(shape).safeParse({ ...given });
  if (!read.success) throw refusalOf(read.error.issues[0]!, given);
  return read.data as z.output<z.ZodObject<S>>;
}
