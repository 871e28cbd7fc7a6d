import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** Stays at the bottom of the window while there is something to save; above the navigation on phones. */
export function SaveBar({ changes, children }: { changes: number; children: ReactNode }) {
  const text = useTranslations('account');
  return (
    <>
      <p role="status" className="sr-only">
        {changes > 0 && text('unsaved', { count: changes })}
      </p>
      {changes > 0 && (
        <div className="sticky bottom-3 z-10 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line-strong bg-raised px-4 py-3 shadow-float max-md:bottom-[calc(4.25rem+env(safe-area-inset-bottom))]">
          <span className="text-sm font-medium" aria-hidden="true">
            {text('unsaved', { count: changes })}
          </span>
          <div className="flex gap-2 max-md:w-full max-md:[&>button]:grow">{children}</div>
        </div>
      )}
    </>
  );
}
