import type { Link } from './resource';

/** One page of a list by its number, from 1. */
export function pageOf<T>(href: string, all: readonly T[], { page, size }: { page: number; size: number }) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const join = href.includes('?') ? '&' : '?';
  const link = (rel: string, number: number): Link => ({ href: `${href}${join}page_size=${size}&page=${number}`, rel, method: 'GET' });
  const links = [link('self', page), link('first', 1), link('last', pages), ...(page < pages ? [link('next', page + 1)] : []), ...(page > 1 ? [link('prev', page - 1)] : [])];
  return { rows: all.slice((page - 1) * size, page * size), totals: { total_items: all.length, total_pages: pages }, links };
}
