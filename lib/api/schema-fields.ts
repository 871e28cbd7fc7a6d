import type { JsonSchema } from './json-schema';

/** One field of a body, a query or an answer, as a row of the reference. */
export interface SchemaField {
  /** `address.city`, `items[].key`. */
  path: string;
  type: string;
  required: boolean;
  description: string | undefined;
}

/** A choice with null taken out, and whether null was one of its members. */
function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const choices = schema.anyOf ?? [];
  const rest = choices.filter((choice) => choice.type !== 'null');
  if (rest.length === choices.length) return { schema, nullable: false };
  const [only] = rest;
  if (rest.length === 1 && only) return { schema: { ...only, ...(schema.description && { description: schema.description }) }, nullable: true };
  return { schema: { ...schema, anyOf: rest }, nullable: true };
}

/** A type in the words of the wire: `string (date)`, `integer`, `"month" or "year"`, `list of string`. */
export function typeOf(given: JsonSchema): string {
  const { schema, nullable } = withoutNull(given);
  const name = (): string => {
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((member) => JSON.stringify(member)).join(' or ');
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return [...new Set(choices.map(typeOf))].join(' or ');
    if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'any'}`;
    if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties)}`;
    if (schema.type === 'string' && schema.format) return `string (${schema.format})`;
    return String(schema.type ?? 'any');
  };
  return nullable ? `${name()} or null` : name();
}

/** The object that a schema is, or that its members or only choice are; undefined where there is nothing to list. */
function inside(given: JsonSchema): { schema: JsonSchema; suffix: string } | undefined {
  const { schema } = withoutNull(given);
  if (schema.properties) return { schema, suffix: '' };
  if (schema.type === 'array' && schema.items) {
    const member = inside(schema.items);
    return member && { schema: member.schema, suffix: `[]${member.suffix}` };
  }
  return undefined;
}

/** Every field of an object, those of the objects inside it right after it. */
export function fieldsOf(schema: JsonSchema, prefix = ''): SchemaField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const nested = inside(property);
    const field: SchemaField = {
      path,
      type: typeOf(property),
      required: schema.required?.includes(name) ?? false,
      description: property.description,
    };
    return [field, ...(nested ? fieldsOf(nested.schema, `${path}${nested.suffix}.`) : [])];
  });
}

/** The forms a body may have: one, or each choice of a union. */
export function formsOf(schema: JsonSchema): JsonSchema[] {
  const choices = (schema.anyOf ?? schema.oneOf)?.filter((choice) => choice.properties);
  return choices && choices.length > 0 ? choices : [schema];
}
