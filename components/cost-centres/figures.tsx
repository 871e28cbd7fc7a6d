import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '../ui/badge';
import { formatShare } from '@/lib/i18n/format';

/** By how much a cost changed against the month before, as a share of one; null where there was none. */
export function changeOf(costMinor: string, previousCostMinor: string): number | null {
  return previousCostMinor === '0' ? null : Number(costMinor) / Number(previousCostMinor) - 1;
}

/** By how much a cost changed, in words too. */
export function Change({ costMinor, previousCostMinor }: { costMinor: string; previousCostMinor: string }) {
  const text = useTranslations('costCentres');
  const common = useTranslations('common');
  const locale = useLocale();
  const change = changeOf(costMinor, previousCostMinor);
  if (change === null) return costMinor === '0' ? '—' : text('newCost');
  const share = formatShare(Math.abs(change), locale, { aligned: true });
  return (
    <>
      <span aria-hidden="true">{change === 0 ? '±0%' : `${change > 0 ? '↑' : '↓'} ${share}`}</span>
      <span className="sr-only">{change === 0 ? common('unchanged') : common(change > 0 ? 'increase' : 'decrease', { change: share })}</span>
    </>
  );
}

/** How much of its budget a cost centre has cost. */
export function BudgetBadge({ costMinor, budgetMinor }: { costMinor: string; budgetMinor: string }) {
  const text = useTranslations('costCentres');
  const locale = useLocale();
  const share = Number(costMinor) / Number(budgetMinor);
  return <Badge tone={share >= 1 ? 'negative' : share >= 0.8 ? 'warning' : 'neutral'}>{text('ofBudget', { share: formatShare(share, locale) })}</Badge>;
}
