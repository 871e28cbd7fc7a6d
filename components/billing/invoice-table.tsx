import { useTranslations } from 'next-intl';
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money, Period } from '@/components/ui/values';
import { DownloadButton } from './download-button';
import type { InvoiceRowView } from './invoice-view';
import { StatusBadge } from './status-badge';

/** Invoices as rows that lead to each. */
export function InvoiceTable({ invoices }: { invoices: readonly InvoiceRowView[] }) {
  const text = useTranslations('billing');
  return (
    <Table label={text('invoiceList')}>
      <TableHeader>
        <ColumnHeader>{text('number')}</ColumnHeader>
        <ColumnHeader>{text('status')}</ColumnHeader>
        <ColumnHeader align="end">{text('total')}</ColumnHeader>
        <ColumnHeader>{text('issued')}</ColumnHeader>
        <ColumnHeader>{text('period')}</ColumnHeader>
        <ColumnHeader hideLabel>{text('document')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {invoices.map((invoice) => (
          <Row key={invoice.id}>
            <Cell nowrap>
              <RowLink href={`/billing/${invoice.id}`}>
                {invoice.number ?? text('noNumber')}
              </RowLink>
            </Cell>
            <Cell>
              <StatusBadge status={invoice.shownStatus} />
            </Cell>
            <Cell align="end">
              <Money value={{ minor: invoice.totalMinor, currency: invoice.currency }} />
            </Cell>
            <Cell muted nowrap>
              <DateTime value={invoice.issuedAt ?? invoice.createdAt} />
            </Cell>
            <Cell muted nowrap>
              <Period value={invoice.period} />
            </Cell>
            <Cell align="end">
              <span className="relative z-10">
                <DownloadButton kind="invoice" id={invoice.id} number={invoice.number ?? invoice.id} format="pdf" size="small" />
              </span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
