import type { InvoiceSummary } from '@/lib/billing/invoices/invoice';
import { toCsv, type CsvCell } from '../csv';
import { major } from './invoice-lines';

const head = [
  'invoice', 'status', 'overdue', 'issued_at', 'due_at', 'paid_at', 'voided_at', 'period_start', 'period_end',
  'subtotal', 'tax', 'credit', 'total', 'credited', 'refundable', 'paid', 'due', 'currency',
];

/** Invoices as CSV, a row each; amounts are major units: subtotal + tax − credit = total. */
export function invoiceListCsv(invoices: readonly (InvoiceSummary & { overdue: boolean })[]): Uint8Array {
  const rows = invoices.map((invoice): CsvCell[] => {
    const amounts = [
      invoice.subtotalMinor, invoice.taxMinor, invoice.creditMinor, invoice.totalMinor, invoice.creditedMinor, invoice.refundableMinor, invoice.paidMinor, invoice.dueMinor,
    ];
    const moments = [invoice.issuedAt, invoice.dueAt, invoice.paidAt, invoice.voidedAt, invoice.period.start, invoice.period.end];
    return [
      invoice.number, invoice.status, invoice.overdue ? 'yes' : 'no', ...moments.map((moment) => moment?.toISOString() ?? null),
      ...amounts.map((minor) => major(minor, invoice.currency)), invoice.currency,
    ];
  });
  return toCsv([head, ...rows]);
}
