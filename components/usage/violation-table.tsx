import { useLocale, useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Quantity } from '@/components/ui/values';
import type { FeatureDto, ViolationDto } from './types';

const tones: Record<string, Tone> = { limit_reached: 'negative', spend_cap_reached: 'negative', rate_limited: 'warning' };

/** Refused calls, an hour, feature and reason a line. */
export function ViolationTable({ violations, features }: { violations: readonly ViolationDto[]; features: readonly FeatureDto[] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (violations.length === 0) return <EmptyState title={text('noRefused')} description={text('noRefusedDescription')} />;
  const nameOf = (key: string) => features.find((feature) => feature.key === key)?.name[locale] ?? key;
  const reasonOf = (reason: string) => {
    const key = `reason_${reason}` as 'reason_limit_reached';
    return text.has(key) ? text(key) : reason;
  };
  return (
    <Table label={text('refusedTable')}>
      <TableHeader>
        <ColumnHeader roomy>{text('hour')}</ColumnHeader>
        <ColumnHeader>{text('feature')}</ColumnHeader>
        <ColumnHeader>{text('reason')}</ColumnHeader>
        <ColumnHeader align="end">{text('calls')}</ColumnHeader>
        <ColumnHeader align="end">{text('unitsAsked')}</ColumnHeader>
        <ColumnHeader align="end">{text('lastCall')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {violations.map((violation) => (
          <Row key={`${violation.hour} ${violation.feature} ${violation.reason}`}>
            <Cell nowrap roomy>
              <DateTime value={violation.hour} format="dateTime" />
            </Cell>
            <Cell nowrap>
              {nameOf(violation.feature)}
              <span className="block text-xs text-ink-muted @xl:hidden">
                <DateTime value={violation.hour} format="dateTime" />
              </span>
            </Cell>
            <Cell nowrap>
              <Badge tone={tones[violation.reason] ?? 'neutral'}>{reasonOf(violation.reason)}</Badge>
            </Cell>
            <Cell align="end">
              <Quantity value={violation.calls} />
            </Cell>
            <Cell align="end" muted>
              <Quantity value={violation.quantity} />
            </Cell>
            <Cell align="end" muted>
              <DateTime value={violation.lastAt} format="time" />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
