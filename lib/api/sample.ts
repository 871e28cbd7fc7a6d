import { stringify } from 'lossless-json';
import type { JsonSchema } from './json-schema';

/** What stands in an example for texts that only their name tells apart. */
const texts: Record<string, string> = {
  id: 'acc_0f3k9m2q7v4x8z1c5b6n',
  currency: 'USD',
  timeZone: 'Asia/Shanghai',
  language: 'en',
  country: 'CN',
  city: 'Shanghai',
  postalCode: '200000',
  en: 'API calls',
  zh: 'API 调用',
  email: 'owner.pro@demo.example',
  contactEmail: 'billing@demo.example',
  idempotencyKey: 'call-2026-11-21-0001',
  key: 'pro',
  plan: 'pro',
  feature: 'api_calls',
  model: 'demo-small',
  number: 'DEMO-000042',
  unitAmount: '0.000012',
  password: 'demo-portal-2026',
  token: 'put_…',
};

/** Numbers that should make sense together. */
const numbers: Record<string, number> = { limit: 10_000, used: 42, remaining: 9_958, amountMinor: 2_999, totalMinor: 2_999, subtotalMinor: 2_999, taxMinor: 0, minor: 2_999, pageSize: 20 };

/** What is null in the ordinary case. */
const usuallyNull = /^(reason|overage|canceledAt|endedAt|voidedAt|paidAt|pendingPrice|code|message)$/;

const day = '2026-11-21';
const instant = `${day}T08:00:00.000Z`;

function textFor(name: string, schema: JsonSchema): string {
  if (schema.format === 'date-time') return instant;
  if (schema.format === 'date') return day;
  if (texts[name] !== undefined) return texts[name];
  const id = /^(\w+)Id$/.exec(name)?.[1];
  if (id) return `${id.slice(0, 3)}_0f3k9m2q7v4x8z1c5b6n`;
  return /name$/i.test(name) ? 'Demo' : '';
}

/** A value that the schema describes, for an example: its own example or default, else one that its name suggests. */
export function sampleOf(schema: JsonSchema, name = ''): unknown {
  const given = schema.const ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.some((choice) => choice.type === 'null') && usuallyNull.test(name)) return null;
  if (choices) return sampleOf(choices.find((choice) => choice.type !== 'null') ?? {}, name);
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([key, property]) => [key, sampleOf(property, key)]));
  switch (schema.type) {
    case 'array':
      return schema.items ? [sampleOf(schema.items, name)] : [];
    case 'integer':
    case 'number':
      return numbers[name] ?? Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return true;
    case 'string':
      return textFor(name, schema);
    case 'object':
      return typeof schema.additionalProperties === 'object' ? { USD: sampleOf(schema.additionalProperties, 'unitAmount') } : {};
    default:
      return null;
  }
}

/** JSON for people to read. */
export function prettyJson(value: unknown): string {
  return stringify(value, undefined, 2) ?? 'null';
}
