import { invalidRequest } from './errors';
import type { Range } from './parameters';

interface Page {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

/** Stripe's list, newest first: https://docs.stripe.com/api/pagination. `rows` come oldest first. */
export function listOf<T extends { id: string }>(url: string, rows: readonly T[], { limit = 10, starting_after, ending_before }: Page) {
  const newestFirst = [...rows].reverse();
  if (starting_after && ending_before) {
    throw invalidRequest('You may only specify one of these parameters: ending_before, starting_after.', { param: 'ending_before' });
  }
  const cursor = starting_after ?? ending_before;
  const at = cursor === undefined ? -1 : newestFirst.findIndex((row) => row.id === cursor);
  if (cursor !== undefined && at < 0) {
    throw invalidRequest(`No such object: '${cursor}'`, { code: 'resource_missing', param: starting_after ? 'starting_after' : 'ending_before' });
  }
  if (ending_before !== undefined) {
    const from = Math.max(0, at - limit);
    return { object: 'list' as const, url, has_more: from > 0, data: newestFirst.slice(from, at) };
  }
  return { object: 'list' as const, url, has_more: newestFirst.length > at + 1 + limit, data: newestFirst.slice(at + 1, at + 1 + limit) };
}

/** Whether a moment in seconds lies within the bounds that a caller gave; no bounds hold everything. */
export function isWithin(moment: number, range: Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return moment === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return moment > gt && moment >= gte && moment < lt && moment <= lte;
}
