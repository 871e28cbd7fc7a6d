import type { z } from 'zod';

/** Reads values in their plainest form as the schema would. */
export interface PlainReader<Output> {
  /** Whether it is in that form, in which the schema accepts it; false where in doubt. */
  accepts(value: unknown): boolean;
  /** What the schema makes of an accepted value, made of the value itself. */
  become(value: unknown): Output;
}

/** A member of an object, which stays as it is where it becomes nothing else. */
type PlainMember = Pick<PlainReader<unknown>, 'accepts'> & Partial<PlainReader<unknown>>;

const printable = /^[\x20-\x7e]*$/;

/** Printable ASCII of 1 to so many characters. */
export const plainText = (longest: number): PlainMember => ({
  accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= longest && printable.test(value),
});

/** A JSON integer of which no digit is lost, from `least` on; becomes a bigint. */
export const plainWhole = (least: number): PlainMember => ({
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  become: (value) => BigInt(value as number),
});

/** The same within these bounds; stays a number. */
export const plainNumber = (least: number, most: number): PlainMember => ({
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
});

const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** A moment that exists, in UTC and to the second at least; becomes a Date. */
export const plainMoment: PlainMember = {
  accepts: (value) => {
    if (typeof value !== 'string' || !utc.test(value)) return false;
    const moment = new Date(value);
    return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value.slice(0, 19));
  },
  become: (value) => new Date(value as string),
};

/** Reads an object of these members and no others. */
export function plainObject<Output extends object>(members: Partial<Record<keyof Output, PlainMember>>, required: readonly (keyof Output)[]): PlainReader<Output> {
  const known = new Map<string, PlainMember>(Object.entries(members) as [string, PlainMember][]);
  const becoming = [...known].flatMap(([name, { become }]) => (become ? [{ name, become }] : []));
  return {
    accepts: (value) => {
      if (typeof value !== 'object' || value === null) return false;
      for (const name in value) if (!known.get(name)?.accepts((value as Record<string, unknown>)[name])) return false;
      return required.every((name) => name in value);
    },
    become: (value) => {
      const object = value as Record<string, unknown>;
      for (const { name, become } of becoming) if (object[name] !== undefined) object[name] = become(object[name]);
      return object as Output;
    },
  };
}

/** Reads an object of nothing but that member: a list of 1 to so many. */
export function plainList<Item>(name: string, read: PlainReader<Item>, most: number): PlainReader<Item[]> {
  const listOf = (value: unknown): unknown => (value as Record<string, unknown>)[name];
  return {
    accepts: (value) => {
      if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
      const list = listOf(value);
      return Array.isArray(list) && list.length > 0 && list.length <= most && list.every(read.accepts);
    },
    become: (value) => (listOf(value) as unknown[]).map(read.become),
  };
}

const readers = new WeakMap<z.ZodType, PlainReader<unknown>>();

/**
 * The schema, with a reader for the form that nearly every call has, in which to ask the schema costs more than all else. It must
 * read nothing that the schema refuses, and what it reads as the schema does.
 */
export function readPlainFirst<Schema extends z.ZodType>(schema: Schema, reader: PlainReader<z.output<Schema>>): Schema {
  readers.set(schema, reader);
  return schema;
}

/**
 * What the reader of the schema makes of a parsed body that is nobody else's; undefined, and the body as it was, without a reader or
 * where it is in doubt.
 */
export function readPlain<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined {
  const reader = readers.get(schema);
  return reader?.accepts(value) ? (reader.become(value) as z.output<Schema>) : undefined;
}
