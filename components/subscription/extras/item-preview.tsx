import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { ChargeTable } from '../charge-table';
import type { ExtrasBase, ItemPreviewDto } from './types';

interface ItemPreviewProps {
  preview: ItemPreviewDto;
  /** The quantity in words; null: none is left. */
  quantity: string | null;
  base: ExtrasBase;
}

/** What another quantity does: when, what it costs line by line, and the next invoice. */
export function ItemPreview({ preview: { takesEffect, effectiveAt, due, next, currency }, quantity, base }: ItemPreviewProps) {
  const text = useTranslations('extras');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const date = formatDate(effectiveAt, locale, timeZone);
  const isDue = due.totalMinor !== '0';
  const nowText = base.inTrial ? text('trialText') : text(due.lines.length > 0 ? 'nowText' : 'nowFreeText');
  const laterText = quantity === null ? text('laterGoneText', { date }) : text('laterText', { date, quantity });
  return (
    <>
      <p className="text-sm">{takesEffect === 'now' ? nowText : laterText}</p>
      {takesEffect === 'now' && due.lines.length > 0 && <ChargeTable charge={due} currency={currency} />}
      {takesEffect === 'now' && <p className="text-sm text-ink-muted">{!isDue ? text('nothingDue') : base.hasMethod ? text('chargedToMethod') : text('invoiced')}</p>}
      <p className="text-sm text-ink-muted">{text('next', { date: formatDate(next.at, locale, timeZone), amount: formatMoney({ minor: next.totalMinor, currency }, locale) })}</p>
    </>
  );
}
