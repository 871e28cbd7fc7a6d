import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { paidInvoice } from '@/lib/testing/paid-invoice';
import { addTestMethod, ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { giveCredit } from '../../credits/give-credit';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { recordPayment } from '../../invoices/record-payment';
import { voidInvoice } from '../../invoices/void-invoice';
import { readBalances } from '../../ledger/store';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { refundStatuses, refundTransitions } from '../../payments/refunds/refund';
import { adopt } from '../adopt/adopt';
import { performPayments } from '../collect-payment/perform-payments';
import { recordResult } from '../collect-payment/record-result';
import { subscribe } from '../subscribe';
import { checkLedger } from '../ledger-proof/check-ledger';
import { performRefunds } from './perform-refunds';
import { refundInvoice } from './refund-invoice';
import { retryRefund } from './retry-refund';

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
const later = (minutes: number) => new FixedClock(new Date(start.getTime() + minutes * 60_000));
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(async () => {
  setPaymentGateways([]);
  expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
});

const paid = () => paidInvoice(sellerId, start);
const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });
const refundsOf = ({ accountId }: Context) => database().refund.findMany({ where: { accountId }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] });
const notesOf = (invoiceId: string) => database().creditNote.findMany({ where: { invoiceId } });
const refunded = (charge: string) => gateway.readCharge(charge).then(({ refundedMinor }) => refundedMinor);
const told = (kind: 'refund' | 'charge', reference: string, clock = later(0)) => adopt({ actor: { kind: 'system', id: 'test' }, clock, requestId: 'req_test' }, gateway, { kind, reference });
/** What the ledger says of the account: money at the gateway, and money that is owed back. */
async function booksOf({ accountId }: Context) {
  const balances = new Map((await readBalances(database(), accountId)).map(({ ledgerAccount, balanceMinor }) => [ledgerAccount, balanceMinor]));
  return { atGateway: balances.get('gateway:scripted') ?? 0n, owedBack: -(balances.get('owed_back') ?? 0n), customerCredit: -(balances.get('customer_credit') ?? 0n) };
}
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)));

describe('a paid invoice', () => {
  it('is given back in part and then whole, each with its credit note, and never beyond what was paid', async () => {
    const { context, invoiceId, charge } = await paid();
    await refundInvoice(context, { invoiceId, amountMinor: 1000n, to: 'method', reason: 'Service was down' });
    await performRefunds(later(0));
    expect(await refunded(charge)).toBe(1000n);
    expect(await refundsOf(context)).toMatchObject([{ status: 'succeeded', amountMinor: 1000n, cause: 'seller' }]);
    await refundInvoice(context, { invoiceId, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(1));
    expect(await refunded(charge)).toBe(2999n);
    expect((await notesOf(invoiceId)).map(({ totalMinor }) => totalMinor).sort()).toEqual([1000n, 1999n]);
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid', creditedMinor: 2999n, refundableMinor: 2999n });
    expect(await codeOf(refundInvoice(context, { invoiceId, amountMinor: 1n, to: 'method', reason: 'Once more' }))).toBe('not_refundable');
    expect(await booksOf(context)).toMatchObject({ atGateway: 0n, owedBack: 0n });
  });

  it('is given back once, however many ask at once for all of it', async () => {
    const { context, invoiceId, charge } = await paid();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => codeOf(refundInvoice(context, { invoiceId, to: 'method', reason: 'Goodwill' }))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    await Promise.all([1, 2, 3].map(() => performRefunds(later(0))));
    expect(await refunded(charge)).toBe(2999n);
    expect(await notesOf(invoiceId)).toHaveLength(1);
  });

  it('has paid out what an earlier credit note gave back, without another one', async () => {
    const { context, invoiceId } = await paid();
    await issueCreditNote(context, { invoiceId, reason: 'Too much charged', wanted: { scope: 'amount', amountMinor: 500n } });
    expect(await refundInvoice(context, { invoiceId, amountMinor: 500n, to: 'method', reason: 'Paid out' })).toMatchObject({ creditNoteId: null });
    expect(await notesOf(invoiceId)).toHaveLength(1);
  });

  it('becomes credit where the seller wants that, which pays the next invoice', async () => {
    const { context, invoiceId } = await paid();
    expect(await refundInvoice(context, { invoiceId, amountMinor: 700n, to: 'credit', reason: 'Goodwill' })).toMatchObject({ status: 'succeeded', attemptId: null });
    expect(await booksOf(context)).toEqual({ atGateway: 2999n, owedBack: 0n, customerCredit: 700n });
    expect(await database().creditGrant.findMany({ where: { accountId: context.accountId } })).toMatchObject([{ cause: 'refund', leftMinor: 700n }]);
  });

  it('that credit had paid in part gives money and credit back in that proportion', async () => {
    const { context, clock } = await seedAccount(sellerId, start);
    await addTestMethod(context);
    await giveCredit(context, { amountMinor: 1000n, note: 'Welcome' });
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(clock);
    const { id: invoiceId } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    await refundInvoice(context, { invoiceId, amountMinor: 500n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    expect(await booksOf(context)).toMatchObject({ atGateway: 1499n, owedBack: 0n });
    await refundInvoice(context, { invoiceId, to: 'method', reason: 'The rest' });
    await performRefunds(later(1));
    expect(await booksOf(context)).toMatchObject({ atGateway: 0n, owedBack: 0n });
    expect((await database().creditGrant.findFirstOrThrow({ where: { accountId: context.accountId } })).leftMinor).toBe(1000n);
  });

  it('is not given back to a method when it was paid in another way, or is not paid', async () => {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    const { id: invoiceId } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    expect(await codeOf(refundInvoice(context, { invoiceId, to: 'method', reason: 'No' }))).toBe('not_refundable');
    await recordPayment(context, { invoiceId, paidAt: start });
    expect(await codeOf(refundInvoice(context, { invoiceId, to: 'method', reason: 'No' }))).toBe('not_refundable');
    expect(await notesOf(invoiceId)).toEqual([]);
  });
});

describe('a refund whose outcome is unknown', () => {
  it('is asked for again with the same key and made once', async () => {
    const { context, invoiceId, charge } = await paid();
    gateway.refundScript = ['lost', 'succeeded'];
    await refundInvoice(context, { invoiceId, amountMinor: 700n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    expect(await refundsOf(context)).toMatchObject([{ status: 'requested', sends: 1 }]);
    await performRefunds(later(0));
    expect(await refundsOf(context)).toMatchObject([{ status: 'requested', sends: 1 }]);
    await performRefunds(later(2));
    expect(await refunded(charge)).toBe(700n);
    expect(await refundsOf(context)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('counts once when the gateway tells of it before we know its name', async () => {
    const { context, invoiceId, charge } = await paid();
    gateway.refundScript = ['lost'];
    const { id } = await refundInvoice(context, { invoiceId, amountMinor: 700n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    await Promise.all([1, 2, 3].map(() => told('refund', `re_${id}`)));
    await performRefunds(later(5));
    expect(await refundsOf(context)).toMatchObject([{ status: 'succeeded', reference: `re_${id}` }]);
    expect(await refunded(charge)).toBe(700n);
  });

  it('is looked at again while it is on its way, also when nobody tells of it', async () => {
    const { context, invoiceId } = await paid();
    gateway.refundScript = ['pending'];
    const { id } = await refundInvoice(context, { invoiceId, amountMinor: 700n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    expect(await refundsOf(context)).toMatchObject([{ status: 'pending' }]);
    gateway.finishRefund(`re_${id}`, 'succeeded');
    await performRefunds(later(120));
    expect(await refundsOf(context)).toMatchObject([{ status: 'succeeded' }]);
  });
});

describe('a refund that does not go through', () => {
  it('leaves the amount to be given back again: once, in one way or the other', async () => {
    const { context, invoiceId, charge } = await paid();
    gateway.refundScript = ['refused', 'succeeded'];
    const { id } = await refundInvoice(context, { invoiceId, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    expect(await refundsOf(context)).toMatchObject([{ status: 'failed', failure: 'The charge is too old to be refunded.' }]);
    expect(await booksOf(context)).toMatchObject({ atGateway: 2999n, owedBack: 2999n });
    const [again, same] = [await retryRefund(context, { refundId: id, to: 'method' }), await retryRefund(context, { refundId: id, to: 'method' })];
    expect(again.id).toBe(same.id);
    await performRefunds(later(1));
    expect(await refunded(charge)).toBe(2999n);
    expect(await notesOf(invoiceId)).toHaveLength(1);
    expect(await codeOf(retryRefund(context, { refundId: again.id, to: 'method' }))).toBe('invalid_transition');
  });

  it('is not made again when another one has taken its place', async () => {
    const { context, invoiceId } = await paid();
    gateway.refundScript = ['refused', 'succeeded'];
    const { id } = await refundInvoice(context, { invoiceId, amountMinor: 900n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    await refundInvoice(context, { invoiceId, amountMinor: 900n, to: 'method', reason: 'Once more' });
    await performRefunds(later(1));
    expect(await codeOf(retryRefund(context, { refundId: id, to: 'method' }))).toBe('not_refundable');
  });

  it('is known to have come back from the bank although it had succeeded', async () => {
    const { context, invoiceId } = await paid();
    const { id } = await refundInvoice(context, { invoiceId, amountMinor: 700n, to: 'method', reason: 'Goodwill' });
    await performRefunds(later(0));
    gateway.finishRefund(`re_${id}`, 'failed');
    await told('refund', `re_${id}`);
    expect(await refundsOf(context)).toMatchObject([{ status: 'failed' }]);
    expect(await booksOf(context)).toMatchObject({ atGateway: 2999n, owedBack: 700n });
    await retryRefund(context, { refundId: id, to: 'credit' });
    expect(await booksOf(context)).toEqual({ atGateway: 2999n, owedBack: 0n, customerCredit: 700n });
  });
});

describe('a refund that was made at the gateway itself', () => {
  it('is recorded once with the credit note that it needs, however often it is told', async () => {
    const { context, invoiceId, charge } = await paid();
    const reference = gateway.refundThere(charge, 1200n);
    await Promise.all([1, 2, 3, 4].map(() => told('refund', reference)));
    expect(await refundsOf(context)).toMatchObject([{ cause: 'gateway', status: 'succeeded', amountMinor: 1200n, reference }]);
    expect(await notesOf(invoiceId)).toMatchObject([{ totalMinor: 1200n, refundableMinor: 1200n }]);
    expect(await codeOf(refundInvoice(context, { invoiceId, amountMinor: 1800n, to: 'method', reason: 'Too much' }))).toBe('refund_exceeds_payment');
  });

  it('is left alone when it is of a payment that is not ours', async () => {
    gateway.charges.set('foreign', { charge: { amountMinor: 500n, currency: 'USD', paymentMethod: 'pm' }, result: { outcome: 'succeeded', reference: 'ch_foreign' } });
    expect(await told('refund', gateway.refundThere('ch_foreign', 500n))).toEqual({ notOurs: 'It gives back a payment that we did not ask for.' });
  });
});

describe('what was charged although it was owed no longer', () => {
  async function underWay() {
    const { context, clock } = await seedAccount(sellerId, start);
    gateway.script(await addTestMethod(context), 'processing');
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(clock);
    const attempt = await database().paymentAttempt.findFirstOrThrow({ where: { accountId: context.accountId } });
    const goesThrough = async () => {
      gateway.finish(attempt.id, { outcome: 'succeeded', reference: attempt.reference! });
      await recordResult(context, attempt.id, { outcome: 'succeeded', reference: attempt.reference! });
      await performRefunds(later(1));
    };
    return { context, invoiceId: attempt.invoiceId!, charge: attempt.reference!, goesThrough };
  }

  it.each([
    ['paid by hand', (context: Context, invoiceId: string) => recordPayment(context, { invoiceId, paidAt: start }), 2999n],
    ['declared void', (context: Context, invoiceId: string) => voidInvoice(context, { invoiceId }), 2999n],
    ['credited in part', (context: Context, invoiceId: string) => issueCreditNote(context, { invoiceId, reason: 'Too much', wanted: { scope: 'amount', amountMinor: 499n } }), 499n],
  ] as const)('since it was %s meanwhile, goes back by itself, without a credit note', async (_, change, surplus) => {
    const { context, invoiceId, charge, goesThrough } = await underWay();
    await change(context, invoiceId);
    const notes = await notesOf(invoiceId);
    await goesThrough();
    expect(await refunded(charge)).toBe(surplus);
    expect(await refundsOf(context)).toMatchObject([{ cause: 'surplus', status: 'succeeded', amountMinor: surplus }]);
    expect(await notesOf(invoiceId)).toHaveLength(notes.length);
    expect(await booksOf(context)).toMatchObject({ atGateway: 2999n - surplus, owedBack: 0n });
  });

  it('is known as such when it is given back at the gateway after ours failed', async () => {
    const { context, invoiceId, charge, goesThrough } = await underWay();
    await voidInvoice(context, { invoiceId });
    gateway.refundScript = ['refused'];
    await goesThrough();
    await told('refund', gateway.refundThere(charge, 2999n));
    expect(await refundsOf(context)).toMatchObject([{ cause: 'surplus', status: 'failed' }, { cause: 'surplus', status: 'succeeded' }]);
  });
});

describe('the database', () => {
  it('holds the moves of a refund, and that no payment is given back beyond what it was', async () => {
    const { context, invoiceId, attemptId } = await paid();
    const base = { accountId: context.accountId, invoiceId, attemptId, destination: 'method', cause: 'seller', currency: 'USD', reason: 'Test', gateway: 'scripted', requestedAt: start } as const;
    for (const from of refundStatuses) {
      for (const to of refundStatuses) {
        const id = newId('rfd');
        await database().refund.create({ data: { ...base, id, amountMinor: 1n, status: from } });
        const moved = await database().refund.update({ where: { id }, data: { status: to } }).then(() => true, () => false);
        expect([from, to, moved]).toEqual([from, to, from === to || refundTransitions[from].includes(to)]);
      }
    }
    await expect(database().refund.create({ data: { ...base, id: newId('rfd'), amountMinor: 2999n, status: 'requested' } })).rejects.toThrow(/more of payment/);
  });
});
