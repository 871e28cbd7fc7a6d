import { z } from 'zod';
import { dayInput, instantInput } from '@/lib/core/input';

type Search = Record<string, string | string[] | undefined>;

const fields = {
  period: instantInput,
  chart: z.string().min(1).max(100),
  from: dayInput,
  to: dayInput,
  feature: z.string().min(1).max(100),
  page: z.coerce.number().int().min(1).max(1_000_000),
};

type Wanted = { [Name in keyof typeof fields]?: z.output<(typeof fields)[Name]> };

/** What the address asks for. Anything that makes no sense is left out, as if it had not been asked for. */
export function wantedOf(search: Search): Wanted {
  const entries = Object.entries(fields).flatMap(([name, schema]) => {
    const result = schema.safeParse(search[name]);
    return result.success && search[name] !== undefined ? [[name, result.data]] : [];
  });
  return Object.fromEntries(entries) as Wanted;
}
