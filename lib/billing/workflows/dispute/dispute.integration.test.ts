import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { paidInvoice } from '@/lib/testing/paid-invoice';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { createEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { markUncollectible } from '../../invoices/mark-uncollectible';
import { recordPayment } from '../../invoices/record-payment';
import { readBalances } from '../../ledger/store';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { disputeStates, disputeTransitions } from '../../payments/disputes/dispute';
import { setLossPolicy } from '../../payments/disputes/loss-policy';
import { adopt } from '../adopt/adopt';
import { checkLedger } from '../ledger-proof/check-ledger';
import { payInvoice } from '../collect-payment/pay-invoice';
import { performPayments } from '../collect-payment/perform-payments';
import { refundInvoice } from '../refund/refund-invoice';
import { performRefunds } from '../refund/perform-refunds';
import { resolveDispute } from './resolve-dispute';

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
const clock = new FixedClock(start);
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

const told = (reference: string) => adopt({ actor: { kind: 'system', id: 'test' }, clock, requestId: 'req_test' }, gateway, { kind: 'dispute', reference });
const disputeOf = ({ accountId }: Context) => database().dispute.findFirstOrThrow({ where: { accountId } });
const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });
const booksOf = async ({ accountId }: Context) => Object.fromEntries((await readBalances(database(), accountId)).filter(({ balanceMinor }) => balanceMinor !== 0n).map(({ ledgerAccount, balanceMinor }) => [ledgerAccount, balanceMinor]));
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)));
const mails = () => database().mail.findMany({ where: { recipient: 'billing@demo.example' }, orderBy: { id: 'asc' } });

async function disputed() {
  const world = await paidInvoice(sellerId, start);
  const reference = gateway.dispute(world.charge);
  await told(reference);
  return { ...world, reference };
}

describe('a disputed payment', () => {
  it('is recorded once and told to the seller and to products, however often it is told to us', async () => {
    const { context, charge, invoiceId, attemptId } = await paidInvoice(sellerId, start);
    await createEndpoint(context, { url: 'https://product.demo.example/hooks', description: '', events: ['payment.disputed'], enabled: true });
    const before = (await mails()).length;
    const reference = gateway.dispute(charge);
    await Promise.all([1, 2, 3, 4].map(() => told(reference)));
    expect(await disputeOf(context)).toMatchObject({ attemptId, invoiceId, reference, state: 'needs_response', withdrawnMinor: 2999n, feeMinor: 1500n, loss: null });
    const written = (await mails()).slice(before);
    expect(written).toHaveLength(1);
    expect(written[0]?.text).toMatch(/Answer by .*2026/);
    const deliveries = await database().webhookDelivery.findMany({ where: { accountId: context.accountId } });
    expect(deliveries.map(({ event }) => event)).toEqual(['payment.disputed']);
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
  });

  it('comes back when it is won', async () => {
    const { context, charge, reference } = await disputed();
    gateway.dispute(charge, { state: 'won', withdrawnMinor: 0n });
    await told(reference);
    expect(await disputeOf(context)).toMatchObject({ state: 'won', withdrawnMinor: 0n, returnedMinor: 2999n, closedAt: start });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': 1499n, gateway_fees: 1500n, revenue: -2999n });
  });

  it('cannot be refunded while it is held back', async () => {
    const { context, invoiceId } = await disputed();
    expect(await codeOf(refundInvoice(context, { invoiceId, to: 'method', reason: 'Twice' }))).toBe('not_refundable');
    expect(await codeOf(refundInvoice(context, { invoiceId, to: 'credit', reason: 'Twice' }))).toBe('not_refundable');
  });

  it('that is not ours is left alone', async () => {
    gateway.charges.set('foreign', { charge: { amountMinor: 500n, currency: 'USD', paymentMethod: 'pm' }, result: { outcome: 'succeeded', reference: 'ch_foreign' } });
    expect(await told(gateway.dispute('ch_foreign'))).toEqual({ notOurs: 'It is about a payment that we did not ask for.' });
  });
});

describe('a lost dispute', () => {
  it('is written off unless the seller wants otherwise: the invoice stays paid', async () => {
    const { context, charge, reference, invoiceId } = await disputed();
    gateway.dispute(charge, { state: 'lost' });
    await told(reference);
    expect(await disputeOf(context)).toMatchObject({ state: 'lost', loss: 'write_off', withdrawnMinor: 2999n });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': -1500n, gateway_fees: 1500n, dispute_losses: 2999n, revenue: -2999n });
  });

  it('can make its invoice owed again, which then is paid like any other', async () => {
    const { context, charge, reference, invoiceId } = await disputed();
    gateway.dispute(charge, { state: 'lost' });
    await told(reference);
    const { id } = await disputeOf(context);
    for (let time = 0; time < 2; time += 1) expect(await resolveDispute(context, { disputeId: id, loss: 'reopen' })).toMatchObject({ loss: 'reopen' });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'open', paidAt: null });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': -1500n, gateway_fees: 1500n, receivable: 2999n, revenue: -2999n });
    await performPayments(clock);
    expect(await gateway.collected(invoiceId)).toBe(2999n);
    await recordPayment(context, { invoiceId, paidAt: start });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await codeOf(resolveDispute(context, { disputeId: id, loss: 'write_off' }))).toBe('invalid_transition');
  });

  it('can be lost of an invoice that was given up before, which is written off each time that it is given up', async () => {
    const { context, charge, invoiceId } = await paidInvoice(sellerId, start);
    await setLossPolicy(context, { loss: 'reopen' });
    await told(gateway.dispute(charge, { state: 'lost' }));
    await markUncollectible(context, { invoiceId });
    const { attempt } = await payInvoice(context, { invoiceId });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    await told(gateway.dispute(attempt?.reference ?? '', { state: 'lost' }));
    await setLossPolicy(context, { loss: 'write_off' });
    await markUncollectible(context, { invoiceId });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': -3000n, gateway_fees: 3000n, written_off: 2999n, revenue: -2999n });
  });

  it('makes it owed again by itself where the seller has set that', async () => {
    const { context, charge, reference, invoiceId } = await disputed();
    await setLossPolicy(context, { loss: 'reopen' });
    gateway.dispute(charge, { state: 'lost' });
    await told(reference);
    await setLossPolicy(context, { loss: 'write_off' });
    expect(await disputeOf(context)).toMatchObject({ loss: 'reopen' });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'open' });
  });

  it('is written off all the same where a part was refunded', async () => {
    const { context, charge, invoiceId } = await paidInvoice(sellerId, start);
    await refundInvoice(context, { invoiceId, amountMinor: 999n, to: 'method', reason: 'Goodwill' });
    await performRefunds(clock);
    await told(gateway.dispute(charge, { amountMinor: 2000n, withdrawnMinor: 2000n, state: 'lost' }));
    const { id, loss } = await disputeOf(context);
    expect(loss).toBe('write_off');
    expect(await codeOf(resolveDispute(context, { disputeId: id, loss: 'reopen' }))).toBe('dispute_not_reopenable');
  });
});

describe('the database', () => {
  it('holds the moves of a dispute', async () => {
    const { context, attemptId } = await paidInvoice(sellerId, start);
    const base = { accountId: context.accountId, attemptId, gateway: 'scripted', reason: 'test', amountMinor: 1n, currency: 'USD', withdrawnMinor: 0n, feeMinor: 0n, openedAt: start, createdAt: start };
    const lossOf = (state: string) => (state === 'lost' ? 'write_off' : null);
    for (const from of disputeStates) {
      for (const to of disputeStates) {
        const id = newId('dsp');
        await database().dispute.create({ data: { ...base, id, reference: id, state: from, loss: lossOf(from) } });
        const moved = await database().dispute.update({ where: { id }, data: { state: to, loss: lossOf(to) } }).then(() => true, () => false);
        expect([from, to, moved]).toEqual([from, to, from === to || disputeTransitions[from].includes(to)]);
      }
    }
  });
});
