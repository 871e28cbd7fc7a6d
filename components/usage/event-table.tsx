import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Quantity } from '@/components/ui/values';
import type { FeatureDto, UsageEventDto } from './types';

export interface EventTableProps {
  events: readonly UsageEventDto[];
  features: readonly FeatureDto[];
}

/** Recorded events with what is known of them. */
export function EventTable({ events, features }: EventTableProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (events.length === 0) return <EmptyState title={text('noEvents')} description={text('noEventsDescription')} />;
  const nameOf = (key: string) => features.find((feature) => feature.key === key)?.name[locale] ?? key;
  return (
    <Table label={text('eventsTable')}>
      <TableHeader>
        <ColumnHeader roomy>{text('occurredAt')}</ColumnHeader>
        <ColumnHeader>{text('feature')}</ColumnHeader>
        <ColumnHeader align="end">{text('quantity')}</ColumnHeader>
        <ColumnHeader>{text('model')}</ColumnHeader>
        <ColumnHeader>{text('costCentre')}</ColumnHeader>
        <ColumnHeader align="end">{text('status')}</ColumnHeader>
        <ColumnHeader align="end">{text('latency')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {events.map((event) => (
          <Row key={event.id}>
            <Cell nowrap roomy>
              <DateTime value={event.occurredAt} format="dateTime" />
            </Cell>
            <Cell nowrap>
              {nameOf(event.feature)}
              {event.kind !== 'usage' && (
                <span className="ml-2" title={event.corrects ? text('correctionOf', { event: event.corrects }) : undefined}>
                  <Badge tone={event.kind === 'correction' ? 'warning' : 'neutral'}>{text(`kind_${event.kind}`)}</Badge>
                </span>
              )}
              <span className="block text-xs text-ink-muted @xl:hidden">
                <DateTime value={event.occurredAt} format="dateTime" />
              </span>
            </Cell>
            <Cell align="end">
              <Quantity value={event.quantity} />
            </Cell>
            <Cell muted nowrap>
              {event.model ?? '—'}
            </Cell>
            <Cell muted>{event.costCentre ?? '—'}</Cell>
            <Cell align="end" muted>
              {event.statusCode ?? '—'}
            </Cell>
            <Cell align="end" muted>
              {event.latencyMs === undefined ? '—' : text('milliseconds', { value: event.latencyMs })}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
