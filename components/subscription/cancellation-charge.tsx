import { useLocale, useTranslations } from 'next-intl';
import { formatMoney } from '@/lib/i18n/format';
import { ChargeTable } from './charge-table';
import type { CancellationPreviewDto } from './types';

/** What an end at once charges and gives back. */
export function CancellationCharge({ preview: { due, credits, creditedMinor, currency } }: { preview: CancellationPreviewDto }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const money = (minor: string) => formatMoney({ minor, currency }, locale);
  return (
    <div className="flex flex-col gap-2" role="status">
      {due.lines.length > 0 ? <ChargeTable charge={due} currency={currency} /> : <p className="text-sm">{text('cancelNoUsage')}</p>}
      <p className="text-sm">
        {creditedMinor === '0'
          ? text('cancelNoCredit')
          : text('cancelCredit', { amount: money(creditedMinor), invoices: new Intl.ListFormat(locale).format(credits.map(({ invoiceNumber, invoiceId }) => invoiceNumber ?? invoiceId)) })}
      </p>
    </div>
  );
}
