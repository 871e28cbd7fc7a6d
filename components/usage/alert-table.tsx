import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime } from '@/components/ui/values';
import { formatQuantity } from '@/lib/i18n/format';
import { alertTone } from './alert-tone';
import type { AlertDto, FeatureDto } from './types';

/** Alerts, newest first. */
export function AlertTable({ alerts, features }: { alerts: readonly AlertDto[]; features: readonly FeatureDto[] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (alerts.length === 0) return <EmptyState title={text('noAlerts')} description={text('noAlertsDescription')} />;
  const featureOf = (key: string) => features.find((feature) => feature.key === key);
  return (
    <Table label={text('alertsTable')}>
      <TableHeader>
        <ColumnHeader>{text('raisedAt')}</ColumnHeader>
        <ColumnHeader>{text('feature')}</ColumnHeader>
        <ColumnHeader>{text('threshold')}</ColumnHeader>
        <ColumnHeader align="end">{text('usedThen')}</ColumnHeader>
        <ColumnHeader align="end">{text('state')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {alerts.map((alert) => (
          <Row key={alert.id}>
            <Cell nowrap>
              <DateTime value={alert.raisedAt} format="dateTime" />
            </Cell>
            <Cell nowrap>{featureOf(alert.feature)?.name[locale] ?? alert.feature}</Cell>
            <Cell nowrap>
              <Badge tone={alertTone(alert.percent)}>{text('percentReached', { percent: alert.percent })}</Badge>
            </Cell>
            <Cell align="end">
              {text('usedOf', { used: formatQuantity(alert.used, locale), limit: formatQuantity(alert.limit, locale), unit: featureOf(alert.feature)?.unit[locale] ?? '' })}
            </Cell>
            <Cell align="end" muted>
              {alert.readAt === null ? <span className="font-medium text-ink">{text('new')}</span> : text('read')}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
