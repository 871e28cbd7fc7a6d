import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { Cost, Quantity } from '@/components/ui/values';
import { formatShare } from '@/lib/i18n/format';
import type { BreakdownDto, FeatureDto, TallyDto } from './types';

export interface BreakdownTableProps {
  breakdown: BreakdownDto;
  features: readonly FeatureDto[];
}

/** Usage by the values of one dimension, with their sum as the last line. */
export function BreakdownTable({ breakdown: { by, items, others, total }, features }: BreakdownTableProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (items.length === 0) return <EmptyState title={text('noEvents')} description={text('noBreakdownDescription')} />;
  const nameOf = (value: string | null) => {
    if (value === null) return <span className="text-ink-muted">{text('notTold')}</span>;
    if (by === 'feature') return features.find(({ key }) => key === value)?.name[locale] ?? value;
    if (by === 'status_code') return <Badge tone={Number(value) >= 500 ? 'negative' : Number(value) >= 400 ? 'warning' : 'positive'}>{value}</Badge>;
    return value;
  };
  const withQuantity = total.quantity !== null || by === 'feature';
  const share = (events: string) => (total.events === '0' ? null : formatShare(Number(events) / Number(total.events), locale, { aligned: true }));
  return (
    <Table label={text('breakdownTable', { by: text(`by_${by}`) })}>
      <TableHeader>
        <ColumnHeader>{text(`by_${by}`)}</ColumnHeader>
        {withQuantity && <ColumnHeader align="end">{text('quantity')}</ColumnHeader>}
        <ColumnHeader align="end">{text('events')}</ColumnHeader>
        <ColumnHeader align="end">{text('share')}</ColumnHeader>
        <ColumnHeader align="end">{text('tokensInOut')}</ColumnHeader>
        <ColumnHeader align="end">{text('cost')}</ColumnHeader>
        <ColumnHeader align="end">{text('successRate')}</ColumnHeader>
        <ColumnHeader align="end">{text('latencyShares')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {items.map((item) => (
          <Line key={item.value ?? ''} name={nameOf(item.value)} tally={item} share={share(item.events)} withQuantity={withQuantity} />
        ))}
        {others && <Line name={text('otherValues')} tally={others} share={share(others.events)} withQuantity={withQuantity} />}
        <Line name={<span className="font-medium">{text('total')}</span>} tally={total} share={null} withQuantity={withQuantity} />
      </TableBody>
    </Table>
  );
}

interface LineProps {
  name: ReactNode;
  tally: TallyDto;
  /** Of all events, as text. */
  share: string | null;
  withQuantity: boolean;
}

function Line({ name, tally, share, withQuantity }: LineProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const { quantity, events, inputTokens, outputTokens, cost, successRate, latency } = tally;
  const tokens = inputTokens !== '0' || outputTokens !== '0';
  return (
    <Row>
      <Cell nowrap>{name}</Cell>
      {withQuantity && <Cell align="end">{quantity === null ? '—' : <Quantity value={quantity} />}</Cell>}
      <Cell align="end">
        <Quantity value={events} />
      </Cell>
      <Cell align="end" muted>
        {share ?? ''}
      </Cell>
      <Cell align="end" muted>
        {tokens ? (
          <>
            <Quantity value={inputTokens} compact /> / <Quantity value={outputTokens} compact />
          </>
        ) : (
          '—'
        )}
      </Cell>
      <Cell align="end">{tokens ? <Cost amount={cost.amount} currency={cost.currency} /> : '—'}</Cell>
      <Cell align="end">{successRate === null ? '—' : formatShare(successRate, locale, { aligned: true })}</Cell>
      <Cell align="end" muted>
        {latency ? text('latencyValues', latency) : '—'}
      </Cell>
    </Row>
  );
}
