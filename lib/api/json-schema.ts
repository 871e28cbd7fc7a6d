import { z } from 'zod';

/** The part of JSON Schema 2020-12 that our schemas use. */
export interface JsonSchema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  [keyword: string]: unknown;
}

const patternedFormats = new Set(['date', 'date-time', 'email', 'uuid']);

/** Says the same with fewer words: a format needs no pattern, an integer no bounds of JavaScript, a choice no twins. */
function simplify(schema: JsonSchema): void {
  if (schema.format && patternedFormats.has(schema.format)) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.anyOf?.some((choice) => choice.format === 'int64')) {
    schema.anyOf = schema.anyOf.filter((choice) => choice.type !== 'integer' || choice.format === 'int64');
  }
}

/**
 * A zod schema as JSON Schema, as the wire carries it: a bigint is an integer of 64 bits, a Date an ISO 8601 string.
 * `input` describes what a caller sends, `output` what the answer holds.
 */
export function jsonSchemaOf(schema: z.ZodType, direction: 'input' | 'output'): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def;
      if (type === 'bigint') Object.assign(jsonSchema, { type: 'integer', format: 'int64' });
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      simplify(jsonSchema as JsonSchema);
    },
  }) as JsonSchema;
  delete converted.$schema;
  return converted;
}
