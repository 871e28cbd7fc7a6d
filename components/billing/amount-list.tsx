import type { ReactNode } from 'react';
import { Money } from '@/components/ui/values';

interface AmountListProps {
  currency: string;
  rows: readonly { key: string; term: ReactNode; minor: string }[];
  /** What it all comes to. */
  last: { term: ReactNode; minor: string };
}

/** Amounts below a table that add up to the last. */
export function AmountList({ currency, rows, last }: AmountListProps) {
  return (
    <dl className="ml-auto grid w-full max-w-80 grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 text-sm">
      {rows.map(({ key, term, minor }) => (
        <div key={key} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="text-right">
            <Money value={{ minor, currency }} />
          </dd>
        </div>
      ))}
      <div className="col-span-2 grid grid-cols-subgrid border-t border-line-strong pt-2 text-base font-semibold">
        <dt>{last.term}</dt>
        <dd className="text-right">
          <Money value={{ minor: last.minor, currency }} />
        </dd>
      </div>
    </dl>
  );
}
