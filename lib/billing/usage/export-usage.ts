import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import type { DayRange } from './day-range';
import { listUsage } from './list-usage';
import type { UsageEvent } from './usage';

const columns: readonly [string, (event: UsageEvent) => string | number | bigint | null | undefined][] = [
  ['occurred_at', (event) => event.occurredAt.toISOString()],
  ['feature', (event) => event.feature],
  ['quantity', (event) => event.quantity],
  ['model', (event) => event.model],
  ['input_tokens', (event) => event.inputTokens],
  ['output_tokens', (event) => event.outputTokens],
  ['status_code', (event) => event.statusCode],
  ['latency_ms', (event) => event.latencyMs],
  ['cost_centre', (event) => event.costCentre],
  ['idempotency_key', (event) => event.idempotencyKey],
  ['recorded_at', (event) => event.recordedAt.toISOString()],
  ['id', (event) => event.id],
  ['kind', (event) => event.kind],
  ['corrects', (event) => event.corrects],
];

const largestExport = 100_000;

function field(value: string | number | bigint | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  // A spreadsheet would run text that starts like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The events as CSV (RFC 4180), the names of the columns first. */
export function usageCsv(events: readonly UsageEvent[]): string {
  const lines = [columns.map(([name]) => name), ...events.map((event) => columns.map(([, read]) => field(read(event))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** The usage of the days as CSV, newest first. Throws `invalid_request` for more than 100 000 events. */
export async function exportUsage(context: Context, question: DayRange & { feature?: string }): Promise<string> {
  const { items, total } = await listUsage(context, { ...question, page: 1, pageSize: largestExport });
  if (total > largestExport) {
    const message = `These days hold ${total} events, more than the ${largestExport} of one export: choose fewer days.`;
    throw new DomainError('invalid_request', message, { issues: [{ field: 'to', message }] });
  }
  return usageCsv(items);
}
