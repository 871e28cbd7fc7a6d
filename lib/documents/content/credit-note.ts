import type { CreditNote } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';
import { fill, partiesOf, textsOf, writing, type DocumentContent, type Fact } from './document-content';

/** The tax that a note takes back, by rate, in the words of the invoice. */
function taxesOf(note: CreditNote, invoice: Invoice, language: Language, money: (minor: bigint) => string): Fact[] {
  const taxLines = invoice.lines.filter(({ kind }) => kind === 'tax');
  const firstOfRate = taxLines.filter((line, index) => taxLines.findIndex(({ taxPercentage }) => taxPercentage === line.taxPercentage) === index);
  return firstOfRate.flatMap((line) => {
    const taken = note.lines.filter(({ taxPercentage }) => taxPercentage === line.taxPercentage).reduce((sum, { taxMinor }) => sum + taxMinor, 0n);
    return taken === 0n && invoice.taxTreatment === 'standard' ? [] : [{ term: line.description[language], value: money(-taken) }];
  });
}

/** What the credit note says in the language; what it takes back is written below zero. */
export function creditNoteContent(note: CreditNote, invoice: Invoice, language: Language): DocumentContent {
  const texts = textsOf(language);
  const { money, date } = writing(language, invoice.customer.timeZone, note.currency);
  const lowered = note.totalMinor - note.refundableMinor;
  return {
    language,
    texts,
    title: texts.creditNoteTitle,
    number: note.number,
    ...partiesOf(invoice.seller, invoice.customer, language),
    facts: [
      { term: texts.creditNoteNumber, value: note.number },
      { term: texts.issued, value: date(note.issuedAt) },
      { term: texts.forInvoice, value: note.invoiceNumber },
      { term: texts.invoiceIssued, value: date(invoice.issuedAt) },
    ],
    headline: fill(texts.headlineCreditNote, { total: money(note.totalMinor), number: note.invoiceNumber }),
    stamp: null,
    columns: [{ head: texts.description }, { head: texts.net, width: 84 }, { head: texts.tax, width: 84 }, { head: texts.amountWithTax, width: 88 }],
    rows: note.lines.map((line) => ({
      text: line.description[language],
      detail: line.taxPercentage === null ? '' : `${line.taxPercentage}%`,
      figures: [money(-line.netMinor), money(-line.taxMinor), money(-line.netMinor - line.taxMinor)],
    })),
    totals: [
      { term: texts.subtotalWithoutTax, value: money(-note.netMinor) },
      ...taxesOf(note, invoice, language, money),
    ],
    total: { term: texts.totalCredited, value: money(-note.totalMinor) },
    notes: [
      fill(texts.reasonNote, { reason: note.reason }),
      invoice.taxTreatment === 'reverse_charge' ? texts.reverseCharge : '',
      lowered > 0n ? fill(texts.lowersDueNote, { amount: money(lowered), number: note.invoiceNumber }) : '',
      note.refundableMinor > 0n ? fill(texts.refundableNote, { amount: money(note.refundableMinor) }) : '',
      note.returnedCreditMinor > 0n ? fill(texts.creditAgainNote, { amount: money(note.returnedCreditMinor) }) : '',
    ].filter((line) => line !== ''),
    issuedAt: note.issuedAt,
  };
}
