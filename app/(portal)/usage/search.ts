import { z } from 'zod';
import { refusalReasons } from '@/lib/billing/quota/engine/meter-item';
import { dayInput, instantInput } from '@/lib/core/input';

type Search = Record<string, string | string[] | undefined>;

/** What the page can show, one at a time. */
export const views = ['overview', 'breakdown', 'events', 'refused'] as const;
export type View = (typeof views)[number];

/** What usage can be broken down by. */
export const breakdowns = ['model', 'cost_centre', 'status_code', 'feature'] as const;

const fields = {
  view: z.enum(views),
  period: instantInput,
  chart: z.string().min(1).max(100),
  shape: z.enum(['day', 'total']),
  by: z.enum(breakdowns),
  from: dayInput,
  to: dayInput,
  feature: z.string().min(1).max(100),
  reason: z.enum(refusalReasons),
  page: z.coerce.number().int().min(1).max(1_000_000),
};

export type Wanted = { [Name in keyof typeof fields]?: z.output<(typeof fields)[Name]> };

/** What the address asks for. Anything that makes no sense is left out, as if it had not been asked for. */
export function wantedOf(search: Search): Wanted {
  const entries = Object.entries(fields).flatMap(([name, schema]) => {
    const result = schema.safeParse(search[name]);
    return result.success && search[name] !== undefined ? [[name, result.data]] : [];
  });
  return Object.fromEntries(entries) as Wanted;
}

/** The address of the page with what is given; what is undefined is left out, and so is the view that is shown anyway. */
export function usageHref(parts: Record<string, string | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== '' && !(name === 'view' && value === 'overview')) search.set(name, value);
  }
  return search.size > 0 ? `/usage?${search}` : '/usage';
}
