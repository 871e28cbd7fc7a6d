import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

export interface Description {
  term: string;
  /** Null or undefined shows a dash. */
  value: ReactNode;
}

/** Names and values of one thing, in two columns from tablet size on. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  const text = useTranslations('common');
  return (
    <dl className="grid grid-cols-1 gap-x-6 text-base md:grid-cols-[minmax(8rem,14rem)_minmax(0,1fr)]">
      {items.map(({ term, value }) => (
        <div key={term} className="border-b border-line py-2 first:pt-0 last:border-b-0 last:pb-0 md:col-span-2 md:grid md:grid-cols-subgrid">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="min-w-0 whitespace-pre-line">
            {value ?? (
              <span className="text-ink-faint">
                <span aria-hidden="true">{text('none')}</span>
                <span className="sr-only">{text('noneLabel')}</span>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
