import { useLocale, useTranslations } from 'next-intl';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { Money, Period, Quantity, UnitPrice } from '@/components/ui/values';
import { isLanguage } from '@/lib/i18n/languages';
import { AmountList } from './amount-list';
import type { InvoiceView, LineExplanationView } from './invoice-view';
import { LineExplanation } from './line-explanation';

type Line = InvoiceView['lines'][number];

const isSold = ({ kind }: Line): boolean => kind !== 'tax' && kind !== 'credit';

function useDescription(): (line: Line) => string {
  const locale = useLocale();
  return (line) => line.description[isLanguage(locale) ? locale : 'en'];
}

function Explained({ line, explanation }: { line: string; explanation: LineExplanationView | undefined }) {
  return explanation && <LineExplanation line={line} explanation={explanation} />;
}

/** What was sold, line by line. */
export function InvoiceLines({ invoice: { lines, currency, pricesIncludeTax, explanations } }: { invoice: InvoiceView }) {
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
        <ColumnHeader align="end">{text(pricesIncludeTax ? 'amountWithTax' : 'amount')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {lines.filter(isSold).map((line) => (
          <Row key={line.id}>
            <Cell>
              <span className="block">{describe(line)}</span>
              <span className="block text-xs text-ink-muted @xl:hidden">
                <Quantity value={line.quantity} /> × <UnitPrice amount={line.unitAmount} currency={currency} />
              </span>
              {line.period && (
                <span className="block text-xs text-ink-muted">
                  <Period value={line.period} />
                </span>
              )}
              <Explained line={describe(line)} explanation={explanations[line.id]} />
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

/** Subtotal, tax and credit, the total, what was credited and paid, and what is still to pay. */
export function InvoiceTotals({ invoice }: { invoice: InvoiceView }) {
  const text = useTranslations('billing');
  const describe = useDescription();
  const { currency } = invoice;
  const taken = BigInt(invoice.creditedMinor) - BigInt(invoice.refundableMinor);
  const rows = [
    { key: 'subtotal', term: text(invoice.pricesIncludeTax ? 'subtotalWithoutTax' : 'subtotal'), minor: invoice.subtotalMinor },
    ...invoice.lines.filter((line) => !isSold(line)).map((line) => ({ key: line.id, term: describe(line), minor: line.amountMinor })),
    { key: 'total', term: text('total'), minor: invoice.totalMinor },
    ...(taken > 0n ? [{ key: 'credited', term: text('creditNotes'), minor: String(-taken) }] : []),
    ...(invoice.paidMinor === '0' ? [] : [{ key: 'paid', term: text('amountPaid'), minor: `-${invoice.paidMinor}` }]),
  ];
  return <AmountList currency={currency} rows={rows} last={{ term: text('amountDue'), minor: invoice.dueMinor }} />;
}
