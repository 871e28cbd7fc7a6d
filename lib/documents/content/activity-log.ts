import type { ActivityLog } from '@/lib/billing/workflows/dispute/gather-evidence';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';
import { fill, partiesOf, textsOf, type DocumentContent, type Fact } from './document-content';

type Event = ActivityLog['events'][number];

/** What of an event says how it was asked for and served. */
function detailOf({ id, model, statusCode, latencyMs }: Event): string {
  return [id, model, statusCode === null || statusCode === undefined ? null : `HTTP ${statusCode}`, latencyMs === null || latencyMs === undefined ? null : `${latencyMs} ms`].filter(Boolean).join(' · ');
}

function unitsByFeature(events: readonly Event[], language: Language): Fact[] {
  const features = [...new Set(events.map(({ feature }) => feature))].sort();
  return features.map((feature) => {
    const units = events.reduce((sum, event) => (event.feature === feature ? sum + event.quantity : sum), 0n);
    return { term: feature, value: formatQuantity(units.toString(), language) };
  });
}

/** What a log of use says in the language: each recorded use, with the moment in UTC, so that it can be compared with other logs. */
export function activityLogContent(log: ActivityLog, invoice: Invoice, issuedAt: Date, language: Language): DocumentContent {
  const texts = textsOf(language);
  const day = (text: string) => formatCalendarDate(text, language);
  const count = (amount: number) => formatQuantity(String(amount), language);
  return {
    language,
    texts,
    title: texts.activityTitle,
    number: invoice.number ?? '',
    ...partiesOf(invoice.seller, invoice.customer, language),
    facts: [
      { term: texts.forInvoice, value: invoice.number ?? '—' },
      { term: texts.statementFrom, value: day(log.from) },
      { term: texts.statementTo, value: day(log.to) },
      { term: texts.issued, value: `${issuedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` },
    ],
    headline: fill(texts.headlineActivity, { count: count(log.total) }),
    stamp: null,
    columns: [{ head: texts.activityUse }, { head: texts.activityMoment, width: 130 }, { head: texts.quantity, width: 70 }],
    rows: log.events.map((event) => ({
      text: event.feature, detail: detailOf(event), figures: [event.occurredAt.toISOString().slice(0, 19).replace('T', ' '), formatQuantity(event.quantity.toString(), language)],
    })),
    totals: unitsByFeature(log.events, language),
    total: { term: texts.activityCount, value: count(log.total) },
    notes: log.total > log.events.length ? [fill(texts.activityNewest, { shown: count(log.events.length), count: count(log.total) })] : [],
    issuedAt,
  };
}
