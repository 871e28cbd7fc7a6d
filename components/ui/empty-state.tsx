import type { ReactNode } from 'react';

/** What stands where there is nothing yet: says why, and what to do next. */
export function EmptyState({ title, description, action }: { title: ReactNode; description?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <div className="font-medium">{title}</div>
      {description && <p className="max-w-[48ch] text-sm text-balance text-ink-muted">{description}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
