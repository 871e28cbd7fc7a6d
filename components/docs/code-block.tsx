import type { ReactNode } from 'react';

/** Preformatted text in a frame that scrolls inside itself. */
export function CodeBlock({ label, action, children }: { label: string; action?: ReactNode; children: string }) {
  return (
    <figure className="min-w-0 overflow-clip rounded-lg border border-line bg-sunken">
      <figcaption className="flex min-h-9 items-center justify-between gap-2 border-b border-line px-3 text-xs font-medium text-ink-muted">
        {label}
        {action}
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={label} className="max-h-96 overflow-auto p-3 font-mono text-xs focus-visible:-outline-offset-2">
        {children}
      </pre>
    </figure>
  );
}
