import { formatDate, formatMoney, formatPeriod } from '@/lib/i18n/format';
import { addressLines, countryName } from '@/lib/i18n/address';
import type { CustomerDetails, SellerDetails } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';
import en from '../texts/en.json';
import zh from '../texts/zh.json';

/** Everything a document says, as text ready to be placed. */
export interface DocumentContent {
  language: Language;
  title: string;
  /** Empty: the document has none. */
  number: string;
  seller: Party;
  customer: Party;
  facts: Fact[];
  headline: string;
  stamp: Stamp | null;
  columns: Column[];
  rows: Row[];
  totals: Fact[];
  total: Fact;
  notes: string[];
  texts: Texts;
  issuedAt: Date;
}

export interface Fact {
  term: string;
  value: string;
}

export interface Party {
  name: string;
  lines: string[];
}

export interface Stamp {
  text: string;
  date: string;
  tone: 'positive' | 'negative';
}

/** A column of figures; a table begins with one of words, which takes the room that is left. */
export interface Column {
  head: string;
  /** Points. The first column has none. */
  width?: number;
}

/** A row of the table: words with a smaller line below, and a figure for each further column. */
export interface Row {
  text: string;
  detail: string;
  figures: string[];
}

export type Texts = typeof en;

// Beside the pages' texts, not among them: those are compiled for the browser, these are filled in by `fill` in a worker.
const byLanguage: Record<Language, Texts> = { en, zh };

export function textsOf(language: Language): Texts {
  return byLanguage[language];
}

/** The text with each `{name}` filled in. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** How a document writes money and moments: in its language, in the customer's time zone. */
export function writing(language: Language, timeZone: string, currency: string) {
  return {
    money: (minor: bigint) => formatMoney({ minor: minor.toString(), currency }, language),
    date: (moment: Date | null) => (moment ? formatDate(moment.toISOString(), language, timeZone) : '—'),
    period: ({ start, end }: { start: Date; end: Date }) => formatPeriod({ start: start.toISOString(), end: end.toISOString() }, language, timeZone),
  };
}

function withTaxId(lines: string[], taxId: string, texts: Texts): string[] {
  return taxId === '' ? lines : [...lines, `${texts.taxId} ${taxId}`];
}

/** Who issued a document and who it is for. */
export function partiesOf(seller: SellerDetails, customer: CustomerDetails, language: Language): { seller: Party; customer: Party } {
  const texts = textsOf(language);
  return {
    seller: { name: seller.legalName, lines: withTaxId([...seller.addressLines, countryName(seller.country, language), seller.email], seller.taxId, texts) },
    customer: {
      name: customer.name,
      lines: withTaxId([customer.contactName, ...addressLines(customer.address, language), customer.email].filter((line) => line !== ''), customer.taxId, texts),
    },
  };
}
