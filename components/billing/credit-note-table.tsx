import { useTranslations } from 'next-intl';
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money } from '@/components/ui/values';
import type { CreditNoteSummary } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Plain } from '@/lib/http/plain';
import { DownloadButton } from './download-button';

/** Credit notes as rows that lead to each. */
export function CreditNoteTable({ notes }: { notes: readonly Plain<CreditNoteSummary>[] }) {
  const text = useTranslations('billing');
  return (
    <Table label={text('creditNoteList')}>
      <TableHeader>
        <ColumnHeader>{text('creditNoteNumber')}</ColumnHeader>
        <ColumnHeader roomy>{text('creditReason')}</ColumnHeader>
        <ColumnHeader align="end">{text('creditTotal')}</ColumnHeader>
        <ColumnHeader roomy>{text('issued')}</ColumnHeader>
        <ColumnHeader hideLabel>{text('document')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {notes.map((note) => (
          <Row key={note.id}>
            <Cell>
              <RowLink href={`/billing/credit-notes/${note.id}`}>{note.number}</RowLink>
              <span className="block text-xs text-ink-muted [overflow-wrap:anywhere] @xl:hidden">
                <DateTime value={note.issuedAt} /> · {note.reason}
              </span>
            </Cell>
            <Cell roomy>
              <span className="[overflow-wrap:anywhere]">{note.reason}</span>
            </Cell>
            <Cell align="end">
              <Money value={{ minor: note.totalMinor, currency: note.currency }} />
            </Cell>
            <Cell muted nowrap roomy>
              <DateTime value={note.issuedAt} />
            </Cell>
            <Cell align="end">
              <span className="relative z-10">
                <DownloadButton kind="credit_note" id={note.id} number={note.number} format="pdf" inTable />
              </span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
