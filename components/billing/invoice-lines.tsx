import { useLocale, useTranslations } from 'next-intl';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { Money, Period, Quantity, UnitPrice } from '@/components/ui/values';
import { isLanguage } from '@/lib/i18n/languages';
import type { InvoiceView } from './invoice-view';

type Line = InvoiceView['lines'][number];

const isSold = ({ kind }: Line): boolean => kind !== 'tax' && kind !== 'credit';

function useDescription(): (line: Line) => string {
  const locale = useLocale();
  return (line) => line.description[isLanguage(locale) ? locale : 'en'];
}

/** What was sold, line by line. */
export function InvoiceLines({ invoice: { lines, currency } }: { invoice: InvoiceView }) {
  const text = useTranslations('billing');
  const describe = useDescription();
  return (
    <Table label={text('lineList')}>
      <TableHeader>
        <ColumnHeader>{text('item')}</ColumnHeader>
        <ColumnHeader align="end" roomy>
          {text('quantity')}
        </ColumnHeader>
        <ColumnHeader align="end" roomy>
          {text('unitPrice')}
        </ColumnHeader>
        <ColumnHeader align="end">{text('amount')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {lines.filter(isSold).map((line) => (
          <Row key={line.id}>
            <Cell>
              <span className="block">{describe(line)}</span>
              <span className="block text-xs text-ink-muted sm:hidden">
                <Quantity value={line.quantity} /> × <UnitPrice amount={line.unitAmount} currency={currency} />
              </span>
              {line.period && (
                <span className="block text-xs text-ink-muted">
                  <Period value={line.period} />
                </span>
              )}
            </Cell>
            <Cell align="end" roomy>
              <Quantity value={line.quantity} />
            </Cell>
            <Cell align="end" roomy>
              <UnitPrice amount={line.unitAmount} currency={currency} />
            </Cell>
            <Cell align="end">
              <Money value={{ minor: line.amountMinor, currency }} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** Subtotal, tax and credit, the total, and what is still to pay. */
export function InvoiceTotals({ invoice }: { invoice: InvoiceView }) {
  const text = useTranslations('billing');
  const describe = useDescription();
  const { currency, status } = invoice;
  const isOwed = status === 'open' || status === 'uncollectible';
  const rows = [
    { key: 'subtotal', term: text('subtotal'), minor: invoice.subtotalMinor },
    ...invoice.lines.filter((line) => !isSold(line)).map((line) => ({ key: line.id, term: describe(line), minor: line.amountMinor })),
    { key: 'total', term: text('total'), minor: invoice.totalMinor },
  ];
  return (
    <dl className="ml-auto grid w-full max-w-80 grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 text-sm">
      {rows.map(({ key, term, minor }) => (
        <div key={key} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="text-right">
            <Money value={{ minor, currency }} />
          </dd>
        </div>
      ))}
      <div className="col-span-2 grid grid-cols-subgrid border-t border-line-strong pt-2 text-base font-semibold">
        <dt>{text('amountDue')}</dt>
        <dd className="text-right">
          <Money value={{ minor: isOwed ? invoice.totalMinor : '0', currency }} />
        </dd>
      </div>
    </dl>
  );
}
