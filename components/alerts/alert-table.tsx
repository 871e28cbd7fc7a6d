import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime } from '@/components/ui/values';
import type { FeatureDto } from '@/components/usage/types';
import { AlertSentence } from './alert-sentence';
import { alertTone } from './alert-tone';
import { ReadToggle } from './read-toggle';
import type { AlertDto, MarkRead, MarkUnread } from './types';

interface AlertTableProps {
  alerts: readonly AlertDto[];
  features: readonly FeatureDto[];
  /** Null for who may only look. */
  actions: { markRead: MarkRead; markUnread: MarkUnread } | null;
}

/** Alerts, newest first; those that nobody has read stand out. */
export function AlertTable({ alerts, features, actions }: AlertTableProps) {
  const text = useTranslations('alerts');
  return (
    <Table label={text('table')}>
      <TableHeader>
        <ColumnHeader>{text('what')}</ColumnHeader>
        <ColumnHeader roomy>{text('kind')}</ColumnHeader>
        <ColumnHeader align="end" roomy>{text('raisedAt')}</ColumnHeader>
        <ColumnHeader align="end" hideLabel={actions !== null}>{text('state')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {alerts.map((alert) => (
          <Row key={alert.id}>
            <Cell muted={alert.readAt !== null}>
              <span className={alert.readAt === null ? 'font-medium' : undefined}>
                {alert.readAt === null && <span className="sr-only">{text('newPrefix')} </span>}
                <AlertSentence alert={alert} features={features} />
              </span>
              <span className="block text-xs text-ink-muted @xl:hidden">
                <DateTime value={alert.raisedAt} format="dateTime" />
              </span>
            </Cell>
            <Cell nowrap roomy>
              <Badge tone={alert.readAt === null ? alertTone(alert) : 'neutral'}>{text(`kind_${alert.kind}`)}</Badge>
            </Cell>
            <Cell align="end" muted roomy>
              <DateTime value={alert.raisedAt} format="dateTime" />
            </Cell>
            <Cell align="end" muted>
              {actions ? <ReadToggle id={alert.id} read={alert.readAt !== null} {...actions} /> : text(alert.readAt === null ? 'new' : 'read')}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
