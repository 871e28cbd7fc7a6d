import { useLocale, useTranslations } from 'next-intl';
import { Money, Period } from '@/components/ui/values';
import type { PreviewDto } from './types';

const cell = 'border-b border-line px-3 py-2 align-top';

/** What is charged, line by line, with its total. */
export function ChargeTable({ charge, currency }: { charge: PreviewDto['due']; currency: string }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const amount = (minor: string) => <Money value={{ minor, currency }} />;

  return (
    <table className="w-full border-separate border-spacing-0 overflow-clip rounded-lg border border-line text-sm">
      <caption className="sr-only">{text('dueNow')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{text('line')}</th>
          <th scope="col">{text('amount')}</th>
        </tr>
      </thead>
      <tbody>
        {charge.lines.map((line, index) => (
          <tr key={index}>
            <td className={cell}>
              {line.description[locale]}
              {line.period && (
                <span className="block text-xs text-ink-muted">
                  <Period value={line.period} />
                </span>
              )}
            </td>
            <td className={`${cell} text-right`}>{amount(line.amountMinor)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="bg-sunken font-semibold">
          <th scope="row" className="px-3 py-2 text-left">
            {text('dueNow')}
          </th>
          <td className="px-3 py-2 text-right">{amount(charge.totalMinor)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
