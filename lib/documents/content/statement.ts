import type { Statement } from '@/lib/billing/invoices/statement/statement';
import { formatCalendarDate } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { fill, partiesOf, textsOf, writing, type DocumentContent } from './document-content';

/** What a statement of account says in the language. */
export function statementContent(statement: Statement, language: Language): DocumentContent {
  const texts = textsOf(language);
  const { money, date } = writing(language, statement.customer.timeZone, statement.currency);
  const day = (text: string) => formatCalendarDate(text, language);
  const kinds = { invoice: texts.entryInvoice, credit_note: texts.entryCreditNote, payment: texts.entryPayment, void: texts.entryVoid };
  const row = (text: string, detail: string, amount: string, balanceMinor: bigint) => ({ text, detail, figures: [amount, money(balanceMinor)] });
  return {
    language,
    texts,
    title: texts.statementTitle,
    number: '',
    ...partiesOf(statement.seller, statement.customer, language),
    facts: [
      { term: texts.statementFrom, value: day(statement.from) },
      { term: texts.statementTo, value: day(statement.to) },
      { term: texts.issued, value: date(statement.issuedAt) },
      { term: texts.currency, value: statement.currency },
    ],
    headline: fill(statement.closingMinor < 0n ? texts.headlineInFavour : texts.headlineStatement, {
      total: money(statement.closingMinor < 0n ? -statement.closingMinor : statement.closingMinor),
      date: day(statement.to),
    }),
    stamp: null,
    columns: [{ head: texts.entry }, { head: texts.amount, width: 100 }, { head: texts.balance, width: 100 }],
    rows: [
      row(texts.openingBalance, day(statement.from), '', statement.openingMinor),
      ...statement.entries.map((entry) => row(fill(kinds[entry.kind], { number: entry.number }), date(entry.at), money(entry.amountMinor), entry.balanceMinor)),
    ],
    totals: [
      { term: texts.openingBalance, value: money(statement.openingMinor) },
      { term: texts.invoiced, value: money(statement.invoicedMinor) },
      { term: texts.creditedInAll, value: money(-statement.creditedMinor) },
      { term: texts.paidInAll, value: money(-statement.paidMinor) },
    ],
    total: { term: texts.closingBalance, value: money(statement.closingMinor) },
    notes: [],
    issuedAt: statement.issuedAt,
  };
}
