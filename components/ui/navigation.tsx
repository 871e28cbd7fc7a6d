import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatQuantity } from '@/lib/i18n/format';
import { PortalLink } from './portal-link';

export interface FilterTab {
  href: string;
  label: ReactNode;
  current: boolean;
  /** How many things it holds. */
  count?: number;
}

/** Filters of a list as links, so that each can be bookmarked. `label` names the row of links. */
export function FilterTabs({ label, tabs }: { label: string; tabs: readonly FilterTab[] }) {
  const locale = useLocale();
  return (
    <nav aria-label={label} className="-mx-1 flex min-w-0 gap-1 overflow-x-auto p-1">
      {tabs.map((tab) => (
        <PortalLink
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.current ? 'true' : undefined}
          className={clsx(
            'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap max-md:h-9',
            tab.current ? 'bg-accent-soft text-accent-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="tabular text-xs font-normal">{formatQuantity(String(tab.count), locale)}</span>}
        </PortalLink>
      ))}
    </nav>
  );
}

export interface PaginationProps {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  /** The address of a page. */
  href: (page: number) => string;
}

/** Where one is in a list, and the way to the neighbouring pages. Shows nothing for an empty list. */
export function Pagination({ page, pageSize, total, href }: PaginationProps) {
  const text = useTranslations('common');
  const locale = useLocale();
  if (total === 0) return null;
  const write = (value: number) => formatQuantity(String(value), locale);
  const lastPage = Math.ceil(total / pageSize);
  return (
    <nav aria-label={text('pagination')} className="flex w-full flex-wrap items-center justify-between gap-3 text-sm text-ink-muted">
      <p className="tabular">{text('pageRange', { from: write((page - 1) * pageSize + 1), to: write(Math.min(page * pageSize, total)), total: write(total) })}</p>
      {lastPage > 1 && (
        <div className="flex gap-2">
          <PageLink href={page > 1 ? href(page - 1) : null}>{text('previousPage')}</PageLink>
          <PageLink href={page < lastPage ? href(page + 1) : null}>{text('nextPage')}</PageLink>
        </div>
      )}
    </nav>
  );
}

function PageLink({ href, children }: { href: string | null; children: ReactNode }) {
  const className = 'inline-flex h-7 items-center rounded-md border border-line-strong px-2.5 text-xs font-medium max-md:h-9 max-md:text-sm';
  if (href === null) return <span aria-disabled="true" className={clsx(className, 'text-ink-faint')}>{children}</span>;
  return (
    <PortalLink href={href} scroll={false} className={clsx(className, 'bg-raised text-ink hover:bg-hover')}>
      {children}
    </PortalLink>
  );
}

/** A link in running text. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <PortalLink href={href} className="font-medium text-accent-ink underline decoration-transparent underline-offset-2 transition-colors hover:decoration-current">
      {children}
    </PortalLink>
  );
}
