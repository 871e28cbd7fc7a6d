import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { PortalLink } from './portal-link';

/**
 * A table with a name. It scrolls sideways inside itself on small screens and keeps its header in view on large ones. What is
 * left out where it is narrow goes by its own width: beside the navigation a tablet leaves no more room than a phone.
 * Children: `TableHeader` and `TableBody`, or `<tfoot>`.
 */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="@container relative min-w-0 focus-visible:-outline-offset-2 max-lg:overflow-x-auto">
      <table aria-label={label} className="w-full border-separate border-spacing-0 text-sm">
        {children}
      </table>
    </div>
  );
}

/** The header row. */
export function TableHeader({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="[&>tr:last-child>td]:border-b-0 [&>tr:last-child>th]:border-b-0">{children}</tbody>;
}

export type Align = 'start' | 'end';

/**
 * The title of a column. Numbers stand at the end of their column, words at its start. `hideLabel` for a column of buttons.
 * A `roomy` column, with `roomy` cells, is left out where the table is narrow: say there what it says in another cell, by `@xl:hidden`.
 */
export function ColumnHeader({ align = 'start', hideLabel, roomy, children }: { align?: Align; hideLabel?: boolean; roomy?: boolean; children: ReactNode }) {
  return (
    <th
      scope="col"
      className={clsx(
        'top-0 z-10 h-9 border-b border-line bg-sunken px-4 text-xs font-medium whitespace-nowrap text-ink-muted lg:sticky',
        align === 'end' ? 'text-right' : 'text-left',
        roomy && '@max-xl:hidden',
      )}
    >
      {hideLabel ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

/** A row; with a `RowLink` inside the whole row can be pressed. */
export function Row({ children }: { children: ReactNode }) {
  return <tr className="relative has-[a[data-row]]:hover:bg-hover">{children}</tr>;
}

interface CellProps extends Omit<ComponentProps<'td'>, 'align' | 'className'> {
  align?: Align;
  /** Keeps the text on one line; the default for numbers. */
  nowrap?: boolean;
  /** Quieter text, for what is secondary. */
  muted?: boolean;
  /** In a column that is left out where the table is narrow. */
  roomy?: boolean;
}

export function Cell({ align = 'start', nowrap, muted, roomy, children, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={clsx(
        'h-11 border-b border-line px-4 py-2',
        align === 'end' ? 'text-right' : 'text-left',
        (nowrap ?? align === 'end') && 'whitespace-nowrap',
        muted && 'text-ink-muted',
        roomy && '@max-xl:hidden',
      )}
    >
      {children}
    </td>
  );
}

/** The link of a row, in its first cell: it covers the row, so buttons in other cells need `relative z-10` around them. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <PortalLink data-row href={href} className="font-medium text-ink after:absolute after:inset-0 after:content-[''] hover:text-accent-ink">
      {children}
    </PortalLink>
  );
}
