import { useLocale, useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/navigation';
import { Card, Section } from '@/components/ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money } from '@/components/ui/values';
import type { CreditNote } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Plain } from '@/lib/http/plain';
import { isLanguage } from '@/lib/i18n/languages';
import { AmountList } from './amount-list';
import { InvoiceParties } from './invoice-parties';
import type { InvoiceView } from './invoice-view';

interface CreditNotePaperProps {
  note: Plain<CreditNote>;
  invoice: Pick<InvoiceView, 'seller' | 'customer'>;
}

function Lines({ note }: { note: Plain<CreditNote> }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const { currency } = note;
  return (
    <Table label={text('creditedLineList')}>
      <TableHeader>
        <ColumnHeader>{text('item')}</ColumnHeader>
        <ColumnHeader align="end" roomy>
          {text('net')}
        </ColumnHeader>
        <ColumnHeader align="end" roomy>
          {text('tax')}
        </ColumnHeader>
        <ColumnHeader align="end">{text('amountWithTax')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {note.lines.map((line) => (
          <Row key={line.position}>
            <Cell>{line.description[isLanguage(locale) ? locale : 'en']}</Cell>
            <Cell align="end" roomy>
              <Money value={{ minor: line.netMinor, currency }} />
            </Cell>
            <Cell align="end" roomy>
              <Money value={{ minor: line.taxMinor, currency }} />
            </Cell>
            <Cell align="end">
              <Money value={{ minor: String(BigInt(line.netMinor) + BigInt(line.taxMinor)), currency }} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** The credit note as it reads on paper: who, of which invoice, how much, and what becomes of it. */
export function CreditNotePaper({ note, invoice }: CreditNotePaperProps) {
  const text = useTranslations('billing');
  const lowered = BigInt(note.totalMinor) - BigInt(note.refundableMinor);
  const owedBack = BigInt(note.refundableMinor) - BigInt(note.returnedCreditMinor);
  return (
    <>
      <Card>
        <InvoiceParties seller={invoice.seller} customer={invoice.customer} />
      </Card>
      <Section title={text('creditedLines')}>
        <Card padding="none">
          <Lines note={note} />
          <div className="border-t border-line p-4">
            <AmountList
              currency={note.currency}
              rows={[
                { key: 'net', term: text('net'), minor: note.netMinor },
                { key: 'tax', term: text('tax'), minor: note.taxMinor },
              ]}
              last={{ term: text('creditTotal'), minor: note.totalMinor }}
            />
          </div>
        </Card>
      </Section>
      <Section title={text('facts')}>
        <DescriptionList
          items={[
            { term: text('creditNoteNumber'), value: note.number },
            { term: text('issued'), value: <DateTime value={note.issuedAt} /> },
            { term: text('forInvoice'), value: <TextLink href={`/billing/${note.invoiceId}`}>{note.invoiceNumber}</TextLink> },
            { term: text('creditReason'), value: note.reason },
            ...(lowered > 0n ? [{ term: text('lowersDue'), value: <Money value={{ minor: String(lowered), currency: note.currency }} /> }] : []),
            ...(owedBack > 0n ? [{ term: text('toCustomer'), value: <Money value={{ minor: String(owedBack), currency: note.currency }} /> }] : []),
            ...(note.returnedCreditMinor === '0' ? [] : [{ term: text('creditAgain'), value: <Money value={{ minor: note.returnedCreditMinor, currency: note.currency }} /> }]),
          ]}
        />
      </Section>
    </>
  );
}
