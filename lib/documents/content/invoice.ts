import type { Invoice } from '@/lib/billing/invoices/invoice';
import { formatQuantity, formatUnitPrice } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { fill, partiesOf, textsOf, writing, type DocumentContent, type Stamp, type Texts } from './document-content';

type Line = Invoice['lines'][number];

const isSold = ({ kind }: Line): boolean => kind !== 'tax' && kind !== 'credit';

type Writing = ReturnType<typeof writing>;

function stampOf(invoice: Invoice, texts: Texts, { date }: Writing): Stamp | null {
  if (invoice.status === 'paid') return { text: invoice.paidMinor === 0n && invoice.creditedMinor > 0n ? texts.credited : texts.paid, date: date(invoice.paidAt), tone: 'positive' };
  return invoice.status === 'void' ? { text: texts.void, date: date(invoice.voidedAt), tone: 'negative' } : null;
}

function headlineOf(invoice: Invoice, texts: Texts, { money, date }: Writing): string {
  const isOwed = invoice.status === 'open' || invoice.status === 'uncollectible';
  const headlines = { draft: texts.headlineDraft, open: texts.headlineOpen, uncollectible: texts.headlineOpen, paid: texts.headlinePaid, void: texts.headlineVoid };
  const isCredited = invoice.status === 'paid' && invoice.paidMinor === 0n && invoice.creditedMinor > 0n;
  const total = isOwed ? invoice.dueMinor : invoice.status === 'paid' && !isCredited ? invoice.paidMinor : invoice.totalMinor;
  return fill(isCredited ? texts.headlineCredited : headlines[invoice.status], { total: money(total), date: date(isOwed ? invoice.dueAt : invoice.paidAt) });
}

function notesOf(invoice: Invoice, texts: Texts, { money, date }: Writing): string[] {
  const isOwed = invoice.dueMinor > 0n;
  return [
    invoice.taxTreatment === 'reverse_charge' ? texts.reverseCharge : '',
    invoice.pricesIncludeTax ? texts.pricesIncludeTax : '',
    invoice.status === 'void' ? texts.voidNote : '',
    invoice.refundableMinor > 0n ? fill(texts.refundableNote, { amount: money(invoice.refundableMinor) }) : '',
    isOwed ? fill(texts.paymentNote, { date: date(invoice.dueAt), number: invoice.number ?? '—' }) : '',
  ].filter((note) => note !== '');
}

/** What the invoice says in the language, and what it was paid with. Dates are days in the customer's time zone. */
export function invoiceContent(invoice: Invoice, language: Language, paidWith: readonly string[] = []): DocumentContent {
  const texts = textsOf(language);
  const written = writing(language, invoice.customer.timeZone, invoice.currency);
  const { money, date, period } = written;
  const issuedAt = invoice.issuedAt ?? invoice.createdAt;
  const taken = invoice.creditedMinor - invoice.refundableMinor;

  return {
    language,
    texts,
    title: texts.title,
    number: invoice.number ?? '—',
    ...partiesOf(invoice.seller, invoice.customer, language),
    facts: [
      { term: texts.number, value: invoice.number ?? '—' },
      { term: texts.issued, value: date(issuedAt) },
      { term: texts.due, value: date(invoice.dueAt) },
      { term: texts.period, value: period(invoice.period) },
      ...(invoice.customer.purchaseOrder === '' ? [] : [{ term: texts.purchaseOrder, value: invoice.customer.purchaseOrder }]),
      ...(paidWith.length > 0 ? [{ term: texts.paidWith, value: paidWith.join(', ') }] : []),
    ],
    headline: headlineOf(invoice, texts, written),
    stamp: stampOf(invoice, texts, written),
    columns: [
      { head: texts.description },
      { head: texts.quantity, width: 84 },
      { head: texts.unitPrice, width: 84 },
      { head: invoice.pricesIncludeTax ? texts.amountWithTax : texts.amount, width: 88 },
    ],
    rows: invoice.lines.filter(isSold).map((line) => ({
      text: line.description[language],
      detail: line.period ? period(line.period) : '',
      figures: [
        formatQuantity(line.quantity.toString(), language),
        formatUnitPrice({ amount: line.unitAmount, currency: invoice.currency }, language),
        money(line.amountMinor),
      ],
    })),
    totals: [
      { term: invoice.pricesIncludeTax ? texts.subtotalWithoutTax : texts.subtotal, value: money(invoice.subtotalMinor) },
      ...invoice.lines.filter((line) => !isSold(line)).map((line) => ({ term: line.description[language], value: money(line.amountMinor) })),
      { term: texts.total, value: money(invoice.totalMinor) },
      ...(taken > 0n ? [{ term: texts.creditNotes, value: money(-taken) }] : []),
      ...(invoice.paidMinor > 0n ? [{ term: texts.amountPaid, value: money(-invoice.paidMinor) }] : []),
    ],
    total: { term: texts.amountDue, value: money(invoice.dueMinor) },
    notes: notesOf(invoice, texts, written),
    issuedAt,
  };
}
