import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { ChargeTable } from './charge-table';
import { ShrinkingList } from './shrinking-list';
import type { PreviewDto } from './types';

/** What a change of plan does: when, what it costs line by line, what comes next, what becomes smaller. */
export function ChangePreview({ preview }: { preview: PreviewDto }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { direction, due, paidFirst, next, currency, undoes, shrinking } = preview;
  const isBegin = direction === 'begin';
  const isUpgrade = direction !== 'downgrade';
  const nextDate = formatDate(next.at, locale, timeZone);

  return (
    <>
      {isBegin && <p>{text(paidFirst ? 'choosePaidText' : 'chooseText')}</p>}
      {!isBegin && <p>{isUpgrade ? text(paidFirst ? 'upgradePaidText' : 'upgradeText') : text('downgradeText', { date: formatDate(preview.effectiveAt, locale, timeZone) })}</p>}
      {undoes && (
        <Notice tone="warning">
          {undoes === 'cancellation' ? text('undoesCancellation') : isUpgrade ? text('undoesDowngrade') : text('replacesDowngrade')}
        </Notice>
      )}
      {isUpgrade && (
        <div className="flex flex-col gap-2">
          {due.lines.length > 0 && <ChargeTable charge={due} currency={currency} />}
          <p className="text-sm text-ink-muted">{due.totalMinor === '0' ? text('invoiceNone') : text(paidFirst ? 'invoicePaidFirst' : 'invoiceNow')}</p>
        </div>
      )}
      <p className="text-sm text-ink-muted" suppressHydrationWarning>
        {next.totalMinor === '0'
          ? text('nextInvoiceNone', { date: nextDate, plan: preview.to.plan.name[locale] })
          : text('nextInvoice', { date: nextDate, amount: formatMoney({ minor: next.totalMinor, currency }, locale) })}
      </p>
      {shrinking.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <h3 className="text-sm font-medium">{text('shrinks')}</h3>
          <ShrinkingList changes={shrinking} />
        </div>
      )}
    </>
  );
}
