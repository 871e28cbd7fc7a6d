import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Card, Section } from '@/components/ui/section';
import { DescriptionList } from '@/components/ui/description-list';
import { DateTime, Period } from '@/components/ui/values';
import type { CreditNoteSummary } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Plain } from '@/lib/http/plain';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { CreditNoteTable } from './credit-note-table';
import { InvoiceLines, InvoiceTotals } from './invoice-lines';
import { InvoiceParties } from './invoice-parties';
import type { InvoiceView } from './invoice-view';

const headlines = {
  draft: 'headlineDraft',
  open: 'headlineOpen',
  overdue: 'headlineOverdue',
  paid: 'headlinePaid',
  void: 'headlineVoid',
  uncollectible: 'headlineUncollectible',
} as const;

/** What matters first: how much, and by when or since when. */
export function InvoiceHeadline({ invoice }: { invoice: InvoiceView }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const moment = invoice.paidAt ?? invoice.voidedAt ?? invoice.dueAt;
  const isCredited = invoice.status === 'paid' && invoice.paidMinor === '0' && invoice.creditedMinor !== '0';
  const minor = invoice.dueMinor !== '0' ? invoice.dueMinor : invoice.paidMinor !== '0' ? invoice.paidMinor : invoice.totalMinor;
  return text(isCredited ? 'headlineCredited' : headlines[invoice.shownStatus], {
    total: formatMoney({ minor, currency: invoice.currency }, locale),
    date: moment ? formatDate(moment, locale, timeZone) : '',
  });
}

function notesOf(invoice: InvoiceView): ('reverseCharge' | 'pricesIncludeTax' | 'voidNote' | 'paymentNote')[] {
  return [
    ...(invoice.pricesIncludeTax ? (['pricesIncludeTax'] as const) : []),
    ...(invoice.taxTreatment === 'reverse_charge' ? (['reverseCharge'] as const) : []),
    ...(invoice.status === 'void' ? (['voidNote'] as const) : []),
    ...(invoice.status === 'open' || invoice.status === 'uncollectible' ? (['paymentNote'] as const) : []),
  ];
}

interface InvoicePaperProps {
  invoice: InvoiceView;
  creditNotes: readonly Plain<CreditNoteSummary>[];
  /** What it was paid with, such as `Visa •••• 4242`. */
  paidWith: readonly string[];
}

/** The invoice as it reads on paper: who, for what, how much. */
export function InvoicePaper({ invoice, creditNotes, paidWith }: InvoicePaperProps) {
  const text = useTranslations('billing');
  const day = (moment: string | null) => (moment === null ? null : <DateTime value={moment} />);
  const notes = notesOf(invoice);
  return (
    <>
      <Card>
        <InvoiceParties seller={invoice.seller} customer={invoice.customer} />
      </Card>
      <Section title={text('lines')}>
        <Card padding="none">
          <InvoiceLines invoice={invoice} />
          <div className="border-t border-line p-4">
            <InvoiceTotals invoice={invoice} />
          </div>
        </Card>
        {notes.map((note) => (
          <p key={note} className="max-w-[65ch] text-sm text-ink-muted">
            {text(note, { number: invoice.number ?? '' })}
          </p>
        ))}
      </Section>
      {creditNotes.length > 0 && (
        <Section title={text('creditNotes')}>
          <Card padding="none">
            <CreditNoteTable notes={creditNotes} />
          </Card>
        </Section>
      )}
      <Section title={text('facts')}>
        <DescriptionList
          items={[
            { term: text('number'), value: invoice.number },
            { term: text('issued'), value: day(invoice.issuedAt) },
            { term: text('period'), value: <Period value={invoice.period} /> },
            { term: text('due'), value: day(invoice.dueAt) },
            ...(invoice.paidAt ? [{ term: text('paidOn'), value: day(invoice.paidAt) }] : []),
            ...(paidWith.length > 0 ? [{ term: text('paidWith'), value: paidWith.join(', ') }] : []),
            ...(invoice.uncollectibleAt ? [{ term: text('givenUpOn'), value: day(invoice.uncollectibleAt) }] : []),
            ...(invoice.voidedAt ? [{ term: text('voidedOn'), value: day(invoice.voidedAt) }] : []),
            { term: text('reason'), value: text(`reason_${invoice.reason}`) },
          ]}
        />
      </Section>
    </>
  );
}
