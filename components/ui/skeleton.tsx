import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Page } from './section';

/** A grey bar in the place of text to come. `className` sets its width and height. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <div aria-hidden="true" className={clsx('animate-pulse rounded-sm bg-neutral-soft', className)} />;
}

/** Wraps skeletons and tells a screen reader that something is loading. */
export function Loading({ children }: { children: ReactNode }) {
  const text = useTranslations('common');
  return (
    <div role="status">
      <span className="sr-only">{text('loading')}</span>
      {children}
    </div>
  );
}

/** A table to come. */
export function TableSkeleton({ rows = 5, columns = 4 }: { rows?: number; columns?: number }) {
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <div className="h-9 border-b border-line bg-sunken" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-11 items-center gap-8 border-b border-line px-4 last:border-b-0">
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton key={column} className={clsx('h-3.5', column === 0 ? 'grow-2 basis-0' : 'grow basis-0')} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Figures to come. */
export function FigureSkeleton({ count = 3 }: { count?: number }) {
  return (
    <div className="flex flex-wrap gap-px overflow-clip rounded-lg border border-line bg-line *:grow *:basis-36 sm:*:basis-44">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-[5.25rem] flex-col justify-center gap-2.5 bg-canvas px-4">
          <Skeleton className="h-3.5 w-20" />
          <Skeleton className="h-5 w-28" />
        </div>
      ))}
    </div>
  );
}

/** A page of one list to come: header, a title, a table. */
export function ListPageSkeleton({ rows, columns }: { rows: number; columns: number }) {
  return (
    <Loading>
      <Page>
        <HeaderSkeleton />
        <div className="flex flex-col gap-3">
          <Skeleton className="h-5 w-28" />
          <TableSkeleton rows={rows} columns={columns} />
        </div>
      </Page>
    </Loading>
  );
}

/** The title of a page and a line under it, to come. */
export function HeaderSkeleton() {
  return (
    <div className="flex flex-col gap-2.5">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-4 w-72 max-w-full" />
    </div>
  );
}
