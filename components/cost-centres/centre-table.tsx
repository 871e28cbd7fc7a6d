import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatShare } from '@/lib/i18n/format';
import { Badge } from '../ui/badge';
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHeader } from '../ui/table';
import { Money } from '../ui/values';
import { CentreDialog } from './centre-dialog';
import { BudgetBadge, Change } from './figures';
import type { CentreActions, CentreShowbackDto, ShowbackDto } from './types';

interface CentreTableProps {
  showback: ShowbackDto;
  /** The page of a centre. */
  hrefOf: (id: string) => string;
  /** Null for who may only look. */
  actions: Pick<CentreActions, 'create' | 'change'> | null;
}

/** What each cost centre cost in the month, the costliest first, and what names none last. */
export function CentreTable({ showback: { currency, items, unassigned, bill }, hrefOf, actions }: CentreTableProps) {
  const text = useTranslations('costCentres');
  const name = ({ centre, key }: CentreShowbackDto) => {
    if (centre) {
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <RowLink href={hrefOf(centre.id)}>{centre.name}</RowLink>
          {centre.archivedAt !== null && <Badge>{text('archived')}</Badge>}
          {centre.name !== centre.key && <code className="basis-full font-mono text-xs text-ink-muted">{centre.key}</code>}
        </span>
      );
    }
    if (key === null) return <span className="text-ink-muted">{text('unassigned')}</span>;
    return (
      <span className="flex flex-wrap items-center gap-2">
        <code className="font-mono text-xs [overflow-wrap:anywhere]">{key}</code>
        <Badge tone="accent">{text('notSetUp')}</Badge>
        {actions && <CentreDialog currency={currency} reportedKey={key} {...actions} />}
      </span>
    );
  };
  return (
    <Table label={text('table')}>
      <TableHeader>
        <ColumnHeader>{text('costCentre')}</ColumnHeader>
        <ColumnHeader>{text('budget')}</ColumnHeader>
        <ColumnHeader align="end">{text('cost')}</ColumnHeader>
        <ColumnHeader align="end" roomy>{text('trend')}</ColumnHeader>
        <ColumnHeader align="end" roomy>{text('share')}</ColumnHeader>
        {bill.invoices > 0 && <ColumnHeader align="end" roomy>{text('ofBill')}</ColumnHeader>}
      </TableHeader>
      <TableBody>
        {[...items, unassigned].map((item) => (
          <Line key={item.key ?? ''} item={item} currency={currency} withBill={bill.invoices > 0}>
            {name(item)}
          </Line>
        ))}
      </TableBody>
    </Table>
  );
}

function Line({ item, currency, withBill, children }: { item: CentreShowbackDto; currency: string; withBill: boolean; children: ReactNode }) {
  const text = useTranslations('costCentres');
  const locale = useLocale();
  const { centre, costMinor, previousCostMinor, share, billMinor } = item;
  return (
    <Row>
      <Cell>{children}</Cell>
      <Cell muted>
        {centre?.budgetMinor ? (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Money value={{ minor: centre.budgetMinor, currency: centre.currency ?? currency }} />
            <BudgetBadge costMinor={costMinor} budgetMinor={centre.budgetMinor} />
          </span>
        ) : centre ? text('noBudget') : '—'}
      </Cell>
      <Cell align="end">
        <Money value={{ minor: costMinor, currency }} />
      </Cell>
      <Cell align="end" muted roomy>
        <Change costMinor={costMinor} previousCostMinor={previousCostMinor} />
      </Cell>
      <Cell align="end" muted roomy>{formatShare(share, locale, { aligned: true })}</Cell>
      {withBill && (
        <Cell align="end" muted roomy>
          <Money value={{ minor: billMinor, currency }} />
        </Cell>
      )}
    </Row>
  );
}
