import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money, Period } from '@/components/ui/values';
import { payHref } from '../payments/pay-href';
import { DownloadButton } from './download-button';
import type { InvoiceRowView } from './invoice-view';
import { StatusBadge } from './status-badge';

/** Invoices as rows that lead to each; `payable`: what is open of them can be paid here. */
export function InvoiceTable({ invoices, payable }: { invoices: readonly InvoiceRowView[]; payable: boolean }) {
  const text = useTranslations('billing');
  const pay = useTranslations('pay');
  return (
    <Table label={text('invoiceList')}>
      <TableHeader>
        <ColumnHeader>{text('number')}</ColumnHeader>
        <ColumnHeader roomy>{text('status')}</ColumnHeader>
        <ColumnHeader align="end">{text('total')}</ColumnHeader>
        <ColumnHeader roomy>{text('issued')}</ColumnHeader>
        <ColumnHeader roomy>{text('period')}</ColumnHeader>
        <ColumnHeader hideLabel>{text('document')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {invoices.map((invoice) => {
          const isPayable = payable && (invoice.status === 'open' || invoice.status === 'uncollectible') && invoice.dueMinor !== '0';
          return (
            <Row key={invoice.id}>
              <Cell nowrap>
                <RowLink href={`/billing/${invoice.id}`}>
                  {invoice.number ?? text('noNumber')}
                </RowLink>
                <span className="block text-xs text-ink-muted @xl:hidden">
                  <DateTime value={invoice.issuedAt ?? invoice.createdAt} />
                </span>
              </Cell>
              <Cell roomy>
                <StatusBadge status={invoice.shownStatus} />
              </Cell>
              <Cell align="end">
                <Money value={{ minor: invoice.totalMinor, currency: invoice.currency }} />
                <span className="mt-0.5 flex justify-end @xl:hidden">
                  <StatusBadge status={invoice.shownStatus} />
                </span>
              </Cell>
              <Cell muted nowrap roomy>
                <DateTime value={invoice.issuedAt ?? invoice.createdAt} />
              </Cell>
              <Cell muted nowrap roomy>
                <Period value={invoice.period} />
              </Cell>
              <Cell align="end">
                <span className="relative z-10 inline-flex gap-1.5">
                  {isPayable && (
                    <ButtonLink size="small" href={payHref(invoice.id)} aria-label={pay('payNamed', { number: invoice.number ?? '' })}>
                      {pay('pay')}
                    </ButtonLink>
                  )}
                  <span className={clsx(isPayable && '@max-xl:hidden')}>
                    <DownloadButton kind="invoice" id={invoice.id} number={invoice.number ?? invoice.id} format="pdf" inTable />
                  </span>
                </span>
              </Cell>
            </Row>
          );
        })}
      </TableBody>
    </Table>
  );
}
