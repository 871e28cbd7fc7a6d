import type { CreditNote } from '@/lib/billing/invoices/credit-notes/credit-note';
import { creditable, decideCredit } from '@/lib/billing/invoices/credit-notes/decide-credit';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import { balance, type Entry, type Statement } from '@/lib/billing/invoices/statement/statement';
import { sampleInvoice } from './invoice';

/** A credit note of an amount (with tax, minor units) on the invoice; a part of it goes beyond what was to pay. */
export function sampleCreditNote(invoice: Invoice, amountMinor: bigint, refundableMinor = 0n): CreditNote {
  const lines = decideCredit(creditable(invoice.lines, []), { scope: 'amount', amountMinor });
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  return {
    id: 'cn_sample', number: 'DEMO-CN-000007', invoiceId: invoice.id, invoiceNumber: invoice.number ?? '', reason: '服务中断三天 / three days without service',
    currency: invoice.currency, netMinor: amountMinor - taxMinor, taxMinor, totalMinor: amountMinor, refundableMinor, returnedCreditMinor: 0n, issuedAt: new Date('2026-04-20T02:00:00Z'),
    lines: lines.map((line) => {
      const billed = invoice.lines[line.position - 1]!;
      return { ...line, description: billed.description, taxPercentage: billed.taxPercentage };
    }),
  };
}

/** A statement over the months of a year: an invoice and a payment each, now and then a credit note. */
export function sampleStatement(months = 6): Statement {
  const { seller, customer, currency } = sampleInvoice();
  const entries: Entry[] = Array.from({ length: months }, (_, index) => {
    const number = `DEMO-${String(index + 1).padStart(6, '0')}`;
    const at = (day: number) => new Date(Date.UTC(2026, index, day, 2));
    const invoice: Entry = { kind: 'invoice', number, at: at(1), amountMinor: 5701n };
    const note: Entry = { kind: 'credit_note', number: `DEMO-CN-${String(index + 1).padStart(6, '0')}`, at: at(3), amountMinor: -595n };
    const payment: Entry = { kind: 'payment', number, at: at(9), amountMinor: index % 3 === 1 ? -5106n : -5701n };
    return index % 3 === 1 ? [invoice, note, payment] : [invoice, payment];
  }).flat();
  return { currency, from: '2026-01-01', to: '2026-12-31', ...balance(12_000n, entries), seller, customer, issuedAt: new Date('2027-01-02T02:00:00Z') };
}
