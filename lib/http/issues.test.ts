import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quantityInput } from '@/lib/core/input';
import { issuesOf } from './issues';

const event = z.strictObject({ feature: z.string(), quantity: quantityInput, note: z.strictObject({ text: z.string() }).optional() });
const body = z.union([event, z.strictObject({ events: z.array(event) })]);

const fieldsOf = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input, { reportInput: true });
  return error ? issuesOf(error, 'body').map((issue) => issue.field) : [];
};

describe('issues', () => {
  it('name unknown fields, wherever they are', () => {
    expect(fieldsOf(event, { feature: 'a', quantity: 1, surprise: 1, other: 2 })).toEqual(['surprise', 'other']);
    expect(fieldsOf(event, { feature: 'a', quantity: 1, note: { text: '', surprise: 1 } })).toEqual(['note.surprise']);
  });

  it('name missing and wrong fields', () => {
    expect(fieldsOf(event, { quantity: -1 })).toEqual(['feature', 'quantity']);
    const { error } = event.safeParse({ feature: 5 }, { reportInput: true });
    expect(issuesOf(error!, 'body').map((issue) => issue.message)).toEqual([expect.stringContaining('expected string'), 'This field is required.']);
  });

  it('name the fields of the form that was meant', () => {
    expect(fieldsOf(body, { feature: 'a', quantity: 1.5 })).toEqual(['quantity']);
    expect(fieldsOf(body, { feature: 'a', quantity: 1, surprise: true })).toEqual(['surprise']);
    expect(fieldsOf(body, { events: [{ feature: 'a', quantity: 1 }, { feature: 'a', quantity: -2 }] })).toEqual(['events.1.quantity']);
  });

  it('name the whole where it is wrong as a whole', () => {
    expect(fieldsOf(event, [])).toEqual(['body']);
    expect(fieldsOf(event, null)).toEqual(['body']);
  });
});
