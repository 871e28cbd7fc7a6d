import type { z } from 'zod';
import { toJson } from './json';

type Write = (value: unknown) => string | undefined;

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

const asItIs: Write = (value) => toJson(value);

/** What JSON writes the same whatever its schema says of it. */
const plainTypes = new Set(['string', 'number', 'bigint', 'boolean', 'date', 'enum', 'literal', 'null']);

function objectWriter(shape: Record<string, z.ZodType>): Write {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, before: `${JSON.stringify(name)}:`, write: writerOf(schema) }));
  return (value) => {
    const given = value as Record<string, unknown>;
    let text = '';
    for (const { name, before, write } of fields) {
      const written = given[name] === undefined ? undefined : write(given[name]);
      if (written !== undefined) text += (text === '' ? before : `,${before}`) + written;
    }
    return `{${text}}`;
  };
}

function newWriter(schema: z.ZodType): Write {
  const { type, shape, catchall, element, innerType } = definitionOf(schema);
  if (plainTypes.has(type)) return asItIs;
  if (type === 'object' && shape && (!catchall || definitionOf(catchall).type === 'never')) return objectWriter(shape);
  if (type === 'array' && element) {
    const write = writerOf(element);
    return (value) => `[${(value as unknown[]).map((item) => write(item) ?? 'null').join(',')}]`;
  }
  if ((type === 'nullable' || type === 'optional') && innerType) {
    const write = writerOf(innerType);
    return (value) => (value === null ? 'null' : write(value));
  }
  return (value) => toJson(schema.parse(value));
}

const writers = new WeakMap<z.ZodType, Write>();

/**
 * Writes values of the schema as JSON: exactly the fields that it names, so that nothing else of a record gets out. It does not
 * check them: what a use case gives back is held to the contract by its type, and to check a decision costs as much as to make one.
 */
export function writerOf(schema: z.ZodType): Write {
  const known = writers.get(schema);
  if (known) return known;
  const writer = newWriter(schema);
  writers.set(schema, writer);
  return writer;
}
