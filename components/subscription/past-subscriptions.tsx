import { useTranslations } from 'next-intl';
import { Card, Section } from '@/components/ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { Period } from '@/components/ui/values';
import { PriceText } from './price-text';
import { StatusBadge } from './status-badge';
import type { PastSubscriptionDto } from './types';

/** Subscriptions that have ended, newest first. */
export function PastSubscriptions({ past }: { past: readonly PastSubscriptionDto[] }) {
  const text = useTranslations('subscription');
  return (
    <Section title={text('history')}>
      <Card padding="none">
        <Table label={text('historyList')}>
          <TableHeader>
            <ColumnHeader>{text('historyPlan')}</ColumnHeader>
            <ColumnHeader>{text('historyTime')}</ColumnHeader>
            <ColumnHeader>{text('historyStatus')}</ColumnHeader>
            <ColumnHeader align="end">{text('historyPrice')}</ColumnHeader>
          </TableHeader>
          <TableBody>
            {past.map((subscription) => (
              <Row key={subscription.id}>
                <Cell nowrap>{subscription.plan}</Cell>
                <Cell nowrap>
                  <Period value={subscription.period} />
                </Cell>
                <Cell>
                  <StatusBadge status={subscription.status} />
                </Cell>
                <Cell align="end">
                  <PriceText {...subscription} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </Card>
    </Section>
  );
}
