import type { Invoice } from '@/lib/billing/invoices/invoice';
import { minorDigits } from '@/lib/i18n/currencies';
import type { Language } from '@/lib/i18n/languages';
import { toCsv, type CsvCell } from '../csv';

const head = ['invoice', 'status', 'issued_at', 'position', 'kind', 'description', 'feature', 'period_start', 'period_end', 'quantity', 'unit_amount', 'amount', 'net', 'tax', 'tax_percentage', 'currency'];

/** Minor units as an exact decimal of major units. */
export function major(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const size = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? size : `${size.slice(0, -digits)}.${size.slice(-digits)}`;
  return minor < 0n ? `-${whole}` : whole;
}

/** The lines of an invoice as CSV, tax and credit among them: what is in `net` (major units) sums to the total. */
export function invoiceCsv(invoice: Invoice, language: Language): Uint8Array {
  const rows = invoice.lines.map((line): CsvCell[] => [
    invoice.number, invoice.status, invoice.issuedAt?.toISOString() ?? null,
    String(line.position), line.kind, line.description[language], line.featureKey ?? null,
    line.period?.start.toISOString() ?? null, line.period?.end.toISOString() ?? null,
    line.quantity, line.unitAmount, major(line.amountMinor, invoice.currency),
    major(line.netMinor, invoice.currency), major(line.taxMinor, invoice.currency), line.taxPercentage, invoice.currency,
  ]);
  return toCsv([head, ...rows]);
}
