import clsx from 'clsx';
import { useId, type ReactNode } from 'react';
import { PortalLink } from './portal-link';

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons of the whole page, at the end of the line. */
  actions?: ReactNode;
  back?: { href: string; label: string };
}

/** The top of a page: its only `<h1>`. */
export function PageHeader({ title, description, actions, back }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-1">
      {back && (
        <PortalLink href={back.href} className="-ml-0.5 inline-flex min-h-6 w-fit items-center gap-1 text-sm text-ink-muted hover:text-ink print:hidden">
          <span aria-hidden="true">←</span>
          {back.label}
        </PortalLink>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-2xl font-semibold">{title}</h1>
          {description && <p className="mt-1 max-w-[65ch] text-pretty text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>}
      </div>
    </header>
  );
}

/** The column that holds a page: header first, then sections. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="mx-auto flex w-full max-w-[70rem] flex-col gap-8 px-4 py-6 md:px-8 md:py-8">{children}</div>;
}

export interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page, named for screen readers. */
export function Section({ title, description, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          {description && <p className="mt-0.5 max-w-[75ch] text-sm text-pretty text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex max-w-full min-w-0 flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A hairline frame for what belongs together. `padding="none"` lets a table or list reach its edges. */
export function Card({ padding = 'medium', children }: { padding?: 'medium' | 'none'; children: ReactNode }) {
  return <div className={clsx('min-w-0 rounded-lg border border-line bg-canvas', padding === 'medium' ? 'p-4' : 'overflow-clip')}>{children}</div>;
}

/** The bottom edge of a `Card padding="none"`: totals, pages, buttons. */
export function CardFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2.5 text-sm text-ink-muted">{children}</div>;
}
