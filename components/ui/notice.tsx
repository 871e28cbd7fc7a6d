import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Tone } from './badge';

const tones: Record<Tone, string> = {
  neutral: 'border-line bg-sunken [--mark:var(--color-ink-faint)]',
  accent: 'border-line bg-accent-soft [--mark:var(--color-accent-ink)]',
  positive: 'border-line bg-positive-soft [--mark:var(--color-positive)]',
  warning: 'border-line bg-warning-soft [--mark:var(--color-warning)]',
  negative: 'border-line bg-negative-soft [--mark:var(--color-negative)]',
};

/** Something a person should know while on this page. `urgent` interrupts a screen reader: for what just went wrong. */
export function Notice({ tone = 'neutral', title, urgent = false, action, children }: { tone?: Tone; title?: ReactNode; urgent?: boolean; action?: ReactNode; children?: ReactNode }) {
  return (
    <div role={urgent ? 'alert' : undefined} className={clsx('flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-3.5 py-2.5', tones[tone])}>
      <span aria-hidden="true" className="mt-1.75 h-2 w-2 shrink-0 self-start rounded-full bg-(--mark)" />
      <div className="min-w-0 flex-1 basis-56">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-sm text-ink-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
