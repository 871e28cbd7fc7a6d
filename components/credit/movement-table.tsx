import { useTranslations } from 'next-intl';
import { TextLink } from '@/components/ui/navigation';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money } from '@/components/ui/values';
import type { Movement } from '@/lib/billing/credits/movement';
import type { Plain } from '@/lib/http/plain';

function Where({ movement: { invoiceId, invoiceNumber, creditNoteId, creditNoteNumber } }: { movement: Plain<Movement> }) {
  if (creditNoteId) return <TextLink href={`/billing/credit-notes/${creditNoteId}`}>{creditNoteNumber ?? creditNoteId}</TextLink>;
  if (invoiceId) return <TextLink href={`/billing/${invoiceId}`}>{invoiceNumber ?? invoiceId}</TextLink>;
  return null;
}

/** What changed the credit, each with what was left after it. */
export function MovementTable({ movements, currency }: { movements: readonly Plain<Movement>[]; currency: string }) {
  const text = useTranslations('credit');
  return (
    <Table label={text('movementList')}>
      <TableHeader>
        <ColumnHeader>{text('date')}</ColumnHeader>
        <ColumnHeader>{text('what')}</ColumnHeader>
        <ColumnHeader align="end">{text('change_amount')}</ColumnHeader>
        <ColumnHeader align="end">{text('balance')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {movements.map((movement) => (
          <Row key={movement.id}>
            <Cell muted nowrap>
              <DateTime value={movement.occurredAt} />
            </Cell>
            <Cell>
              {text(`movement_${movement.kind}`, { cause: text(`cause_${movement.cause}`) })} <Where movement={movement} />
              {movement.kind === 'granted' && movement.note && <span className="block text-xs text-ink-muted [overflow-wrap:anywhere]">{movement.note}</span>}
            </Cell>
            <Cell align="end">
              <Money value={{ minor: movement.amountMinor, currency }} sign="always" />
            </Cell>
            <Cell align="end">
              <Money value={{ minor: movement.balanceMinor, currency }} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
