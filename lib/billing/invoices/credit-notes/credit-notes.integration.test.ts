import { describe, expect, it } from 'vitest';
import { database, inTransaction } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { issueInvoice } from '../issue-invoice';
import { getInvoice, getOpenAmount } from '../list-invoices';
import { recordPayment } from '../record-payment';
import { voidInvoice } from '../void-invoice';
import type { WantedCredit } from './credit-note';
import { issueCreditNote } from './issue-credit-note';
import { getCreditNote, listCreditNotes } from './list-credit-notes';
import { giveCredit } from '../../credits/give-credit';
import { readGrantsLeft } from '../../credits/store';

useTestDatabase();

/** A customer in Germany with an open invoice of that net, taxed with 19 %. */
async function billed(netMinor: bigint) {
  const customer = await createCustomer({ country: 'DE', sellerCountry: 'DE', currency: 'EUR' });
  await database().taxRate.create({ data: { id: newId('tax'), sellerId: customer.sellerId, country: 'DE', name: 'VAT', nameZh: '增值税', percentage: '19' } });
  const invoice = await inTransaction((transaction) => issueInvoice(transaction, customer.context, draftOf(customer.accountId, netMinor, 'EUR')));
  const credit = (wanted: WantedCredit, reason = 'Demo reason') => issueCreditNote(customer.context, { invoiceId: invoice.id, reason, wanted });
  return { ...customer, invoice, credit };
}
const amount = (amountMinor: bigint): WantedCredit => ({ scope: 'amount', amountMinor });

describe('a credit note', () => {
  it('lowers what is still to pay of an open invoice, and settles it when nothing is left', async () => {
    const { context, invoice, credit } = await billed(10_000n);
    const part = await credit(amount(1190n), 'Three days without service');
    expect(part).toMatchObject({
      number: 'DEMO-CN-000001', invoiceNumber: 'DEMO-000001', reason: 'Three days without service', netMinor: 1000n, taxMinor: 190n, totalMinor: 1190n, refundableMinor: 0n,
      lines: [{ position: 1, netMinor: 1000n, taxMinor: 190n, taxPercentage: '19' }],
    });
    expect(await getInvoice(context, invoice.id)).toMatchObject({ status: 'open', totalMinor: 11_900n, creditedMinor: 1190n, dueMinor: 10_710n });
    expect(await getOpenAmount(context)).toMatchObject({ count: 1, amounts: [{ currency: 'EUR', minor: 10_710n }] });

    expect(await credit({ scope: 'whole' })).toMatchObject({ totalMinor: 10_710n, refundableMinor: 0n });
    expect(await getInvoice(context, invoice.id)).toMatchObject({ status: 'paid', creditedMinor: 11_900n, refundableMinor: 0n, dueMinor: 0n, paidMinor: 0n });
    await expect(credit(amount(1n))).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
  });

  it('is to be given back where the invoice was paid', async () => {
    const { context, clock, invoice, credit } = await billed(10_000n);
    await credit(amount(900n));
    await recordPayment(context, { invoiceId: invoice.id, paidAt: clock.now() });
    expect(await credit(amount(1190n))).toMatchObject({ totalMinor: 1190n, refundableMinor: 1190n });
    expect(await getInvoice(context, invoice.id)).toMatchObject({ status: 'paid', creditedMinor: 2090n, refundableMinor: 1190n, paidMinor: 11_000n });
    await expect(credit(amount(9811n))).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
    expect(await credit(amount(9810n))).toMatchObject({ refundableMinor: 9810n });
  });

  it('gives prepaid credit back when more is credited than was to pay', async () => {
    const { accountId, context } = await createCustomer();
    await giveCredit(context, { amountMinor: 300n, note: 'Demo' });
    const invoice = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, 1000n)));
    expect(await issueCreditNote(context, { invoiceId: invoice.id, reason: 'Demo', wanted: { scope: 'whole' } })).toMatchObject({ totalMinor: 1000n, refundableMinor: 300n, returnedCreditMinor: 300n });
    expect(await readGrantsLeft(database(), accountId)).toMatchObject([{ amountMinor: 300n, leftMinor: 300n }]);
    expect(await getInvoice(context, invoice.id)).toMatchObject({ status: 'paid', dueMinor: 0n, paidMinor: 0n });
  });

  it('is refused for a void invoice, and a credited invoice is not voided', async () => {
    const { context, invoice, credit } = await billed(100n);
    await credit(amount(19n));
    await expect(voidInvoice(context, { invoiceId: invoice.id })).rejects.toMatchObject({ code: 'invalid_transition' });
    const other = await billed(100n);
    await voidInvoice(other.context, { invoiceId: other.invoice.id });
    await expect(other.credit({ scope: 'whole' })).rejects.toMatchObject({ code: 'not_creditable' });
  });

  it('is written to the audit log', async () => {
    const { credit } = await billed(100n);
    const { id } = await credit(amount(19n));
    expect(await database().auditEntry.findMany({ where: { subject: id } })).toMatchObject([{ action: 'credit_note.issued', before: { dueMinor: '119' }, after: { totalMinor: '19', dueMinor: '100' } }]);
  });

  it('never takes back more than was billed with 30 at once, and numbers them without a gap', async () => {
    const { context, invoice, credit, sellerId } = await billed(1000n);
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => credit(amount(BigInt(40 + index)))));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));
    expect(new Set(refused)).toEqual(new Set(['credit_exceeds_invoice']));
    const { items, total } = await listCreditNotes(context, { invoiceId: invoice.id, page: 1, pageSize: 100 });
    const { creditedMinor } = await getInvoice(context, invoice.id);
    expect(items.reduce((sum, note) => sum + note.totalMinor, 0n)).toBe(creditedMinor);
    expect(creditedMinor <= 1190n && creditedMinor > 1190n - 69n).toBe(true);
    expect(items.map(({ number }) => number).sort()).toEqual(Array.from({ length: total }, (_, index) => `DEMO-CN-${String(index + 1).padStart(6, '0')}`));
    expect((await database().seller.findUniqueOrThrow({ where: { id: sellerId } })).nextCreditNoteNumber).toBe(BigInt(total) + 1n);
  });

  it('is not there for another account', async () => {
    const { invoice, credit } = await billed(100n);
    const { id } = await credit(amount(19n));
    const stranger = await createCustomer();
    await expect(getCreditNote(stranger.context, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(issueCreditNote(stranger.context, { invoiceId: invoice.id, reason: 'x', wanted: amount(1n) })).rejects.toMatchObject({ code: 'not_found' });
    expect((await listCreditNotes(stranger.context, { page: 1, pageSize: 20 })).items).toEqual([]);
  });
});

describe('the database itself', () => {
  it('refuses a note of more than was billed, one that the invoice does not know of, and any change to one', async () => {
    const { accountId, sellerId, invoice, credit } = await billed(100n);
    const { id } = await credit(amount(19n));
    const line = invoice.lines[0]!;
    const write = (netMinor: bigint, creditedMinor: bigint) =>
      inTransaction(async (transaction) => {
        const note = newId('cn');
        await transaction.invoice.update({ where: { id: invoice.id }, data: { creditedMinor } });
        await transaction.creditNote.create({
          data: { id: note, sellerId, accountId, invoiceId: invoice.id, number: note, reason: 'x', currency: 'EUR', netMinor, taxMinor: 0n, totalMinor: netMinor, refundableMinor: 0n, issuedAt: new Date(0) },
        });
        await transaction.creditNoteLine.create({ data: { creditNoteId: note, invoiceLineId: line.id, netMinor, taxMinor: 0n } });
      });
    await expect(write(90n, 109n)).rejects.toThrow(/takes back more than was billed/);
    await expect(write(10n, 19n)).rejects.toThrow(/does not know of it/);
    await expect(write(101n, 120n)).rejects.toThrow(/invoice_credited_within_billed/);
    await expect(database().creditNote.update({ where: { id }, data: { reason: 'y' } })).rejects.toThrow(/cannot be changed/);
    await expect(database().creditNoteLine.deleteMany({ where: { creditNoteId: id } })).rejects.toThrow(/cannot be changed/);
  });
});
