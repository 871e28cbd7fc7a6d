'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';
import { useRef, useTransition, type ReactNode } from 'react';
import { useNotify } from '@/components/ui/toast';

/**
 * A panel over the page, opened by `<button popoverTarget={id}>`. The browser's own popover: it opens before scripts
 * load, closes on Escape and outside presses, hands focus back, and costs the frame of every page no script.
 * `className` says where it stands.
 */
export function Flyout({ id, label, className, children }: { id: string; label: string; className: string; children: ReactNode }) {
  return (
    <div
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      className={clsx(
        'fixed inset-auto m-0 max-h-[calc(100dvh-5rem)] w-64 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-float',
        className,
      )}
    >
      {children}
    </div>
  );
}

/** A titled run of choices, parted from the next by a hairline. */
export function FlyoutGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className="-mx-1 border-b border-line px-1 pb-1 not-first:pt-1 last:border-b-0 last:pb-0">
      <p aria-hidden="true" className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-faint">
        {title}
      </p>
      {children}
    </div>
  );
}

interface FlyoutActionProps {
  /** Runs once however often it is pressed; a failure offers to try again. */
  action: () => Promise<unknown>;
  /** Set for a choice among several: whether it is the current one. */
  chosen?: boolean;
  lang?: string;
  children: ReactNode;
}

/** A line of a flyout that does something and closes it. */
export function FlyoutAction({ action, chosen, lang, children }: FlyoutActionProps) {
  const button = useRef<HTMLButtonElement>(null);
  const notify = useNotify();
  const [running, start] = useTransition();

  function run() {
    button.current?.closest<HTMLElement>('[popover]')?.hidePopover();
    if (running || chosen) return;
    start(async () => {
      try {
        await action();
      } catch {
        notify.error('internal', { retry: run });
      }
    });
  }

  return (
    <button
      ref={button}
      type="button"
      lang={lang}
      onClick={run}
      aria-current={chosen || undefined}
      className="flex min-h-8 w-full items-center gap-2.5 rounded-md px-2.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 max-md:min-h-10"
    >
      {children}
      {chosen && <Check className="ml-auto size-4 shrink-0 text-accent-ink" aria-hidden="true" />}
    </button>
  );
}
