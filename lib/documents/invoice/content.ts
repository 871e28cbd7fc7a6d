import type { Invoice, InvoiceLine } from '@/lib/billing/invoices/invoice';
import { addressLines, countryName } from '@/lib/i18n/address';
import { formatDate, formatMoney, formatPeriod, formatQuantity, formatUnitPrice } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';

/** Everything an invoice document says, as text ready to be placed. */
export interface InvoiceContent {
  language: Language;
  texts: Texts;
  number: string;
  seller: Party;
  customer: Party;
  facts: Fact[];
  headline: string;
  stamp: { text: string; date: string; tone: 'positive' | 'negative' } | null;
  lines: { description: string; period: string; quantity: string; unitPrice: string; amount: string }[];
  totals: Fact[];
  total: Fact;
  notes: string[];
  issuedAt: Date;
}

interface Fact {
  term: string;
  value: string;
}

interface Party {
  name: string;
  lines: string[];
}

type Texts = (typeof messages)['en']['invoiceDocument'];

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function withTaxId(lines: string[], taxId: string, texts: Texts): string[] {
  return taxId === '' ? lines : [...lines, `${texts.taxId} ${taxId}`];
}

function isSold(line: InvoiceLine): boolean {
  return line.kind !== 'tax' && line.kind !== 'credit';
}

/** What the invoice says in the language. Dates are days in the customer's time zone. */
export function invoiceContent(invoice: Invoice, language: Language): InvoiceContent {
  const texts: Texts = messages[language].invoiceDocument;
  const { timeZone } = invoice.customer;
  const money = (minor: bigint) => formatMoney({ minor: minor.toString(), currency: invoice.currency }, language);
  const date = (moment: Date | null) => (moment ? formatDate(moment.toISOString(), language, timeZone) : '—');
  const period = ({ start, end }: { start: Date; end: Date }) => formatPeriod({ start: start.toISOString(), end: end.toISOString() }, language, timeZone);
  const issuedAt = invoice.issuedAt ?? invoice.createdAt;
  const isOwed = invoice.status === 'open' || invoice.status === 'uncollectible';
  const settled = invoice.status === 'paid' ? invoice.totalMinor : 0n;

  const stamp: InvoiceContent['stamp'] =
    invoice.status === 'paid'
      ? { text: texts.paid, date: date(invoice.paidAt), tone: 'positive' }
      : invoice.status === 'void'
        ? { text: texts.void, date: date(invoice.voidedAt), tone: 'negative' }
        : null;

  const headlines = { draft: texts.headlineDraft, open: texts.headlineOpen, uncollectible: texts.headlineOpen, paid: texts.headlinePaid, void: texts.headlineVoid };
  const notes = [
    invoice.taxTreatment === 'reverse_charge' ? texts.reverseCharge : '',
    invoice.status === 'void' ? texts.voidNote : '',
    isOwed ? fill(texts.paymentNote, { date: date(invoice.dueAt), number: invoice.number ?? '—' }) : '',
  ];

  return {
    language,
    texts,
    number: invoice.number ?? '—',
    seller: {
      name: invoice.seller.legalName,
      lines: withTaxId([...invoice.seller.addressLines, countryName(invoice.seller.country, language), invoice.seller.email], invoice.seller.taxId, texts),
    },
    customer: {
      name: invoice.customer.name,
      lines: withTaxId([invoice.customer.contactName, ...addressLines(invoice.customer.address, language), invoice.customer.email].filter((line) => line !== ''), invoice.customer.taxId, texts),
    },
    facts: [
      { term: texts.number, value: invoice.number ?? '—' },
      { term: texts.issued, value: date(issuedAt) },
      { term: texts.due, value: date(invoice.dueAt) },
      { term: texts.period, value: period(invoice.period) },
    ],
    headline: fill(headlines[invoice.status], { total: money(invoice.totalMinor), date: date(isOwed ? invoice.dueAt : invoice.paidAt) }),
    stamp,
    lines: invoice.lines.filter(isSold).map((line) => ({
      description: line.description[language],
      period: line.period ? period(line.period) : '',
      quantity: formatQuantity(line.quantity.toString(), language),
      unitPrice: formatUnitPrice({ amount: line.unitAmount, currency: invoice.currency }, language),
      amount: money(line.amountMinor),
    })),
    totals: [
      { term: texts.subtotal, value: money(invoice.subtotalMinor) },
      ...invoice.lines.filter((line) => !isSold(line)).map((line) => ({ term: line.description[language], value: money(line.amountMinor) })),
      { term: texts.total, value: money(invoice.totalMinor) },
      ...(settled > 0n ? [{ term: texts.amountPaid, value: money(-settled) }] : []),
    ],
    total: { term: texts.amountDue, value: money(isOwed ? invoice.totalMinor : 0n) },
    notes: notes.filter((note) => note !== ''),
    issuedAt,
  };
}
