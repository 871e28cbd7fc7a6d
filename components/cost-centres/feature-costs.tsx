import { useLocale, useTranslations } from 'next-intl';
import { formatQuantity } from '@/lib/i18n/format';
import { EmptyState } from '../ui/empty-state';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { Cost, Money, Quantity } from '../ui/values';
import type { FeatureDto } from '../usage/types';
import type { CentreShowbackDto } from './types';

/** What a cost centre used of each feature, and what it cost. */
export function FeatureCosts({ usage, currency, features, withBill }: { usage: CentreShowbackDto['usage']; currency: string; features: readonly FeatureDto[]; withBill: boolean }) {
  const text = useTranslations('costCentres');
  const locale = useLocale();
  if (usage.length === 0) return <EmptyState title={text('noUsage')} description={text('noUsageText')} />;
  const featureOf = (key: string) => features.find((feature) => feature.key === key);
  return (
    <Table label={text('usageTable')}>
      <TableHeader>
        <ColumnHeader>{text('feature')}</ColumnHeader>
        <ColumnHeader align="end" roomy>{text('units')}</ColumnHeader>
        <ColumnHeader align="end" roomy>{text('events')}</ColumnHeader>
        <ColumnHeader align="end">{text('cost')}</ColumnHeader>
        {withBill && <ColumnHeader align="end" roomy>{text('ofBill')}</ColumnHeader>}
      </TableHeader>
      <TableBody>
        {usage.map((one) => (
          <Row key={one.feature}>
            <Cell>
              {featureOf(one.feature)?.name[locale] ?? one.feature}
              <span className="block text-xs text-ink-muted @xl:hidden">
                <Quantity value={one.quantity} unit={featureOf(one.feature)?.unit[locale]} />
              </span>
            </Cell>
            <Cell align="end" roomy>
              <Quantity value={one.quantity} unit={featureOf(one.feature)?.unit[locale]} />
            </Cell>
            <Cell align="end" muted roomy>
              <Quantity value={one.events} />
            </Cell>
            <Cell align="end">
              <Cost amount={one.cost} currency={currency} />
              {one.unpricedQuantity !== '0' && <span className="block text-xs text-ink-muted">{text('withoutPrice', { quantity: formatQuantity(one.unpricedQuantity, locale) })}</span>}
            </Cell>
            {withBill && (
              <Cell align="end" muted roomy>
                <Money value={{ minor: one.billMinor, currency }} />
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
