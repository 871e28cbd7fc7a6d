import fc from 'fast-check';
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
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { markUncollectible } from '../../invoices/mark-uncollectible';
import { recordPayment } from '../../invoices/record-payment';
import { readBalances } from '../../ledger/store';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { disputeStates, disputeTransitions } from '../../payments/disputes/dispute';
import { setLossPolicy } from '../../payments/disputes/loss-policy';
import type { GatewayDispute } from '../../payments/gateway/disputes';
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
    expect(written[0]?.text).toMatch(/by .*2026.* \(UTC\)/);
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

  it('is undone when it is won after all', async () => {
    const { context, charge, reference, invoiceId } = await disputed();
    await told(gateway.dispute(charge, { state: 'lost' }));
    await told(gateway.dispute(charge, { state: 'under_review' }));
    expect(await disputeOf(context)).toMatchObject({ state: 'under_review', loss: 'write_off', withdrawnMinor: 2999n });
    gateway.dispute(charge, { state: 'won', withdrawnMinor: 0n });
    await Promise.all([1, 2, 3].map(() => told(reference)));
    expect(await disputeOf(context)).toMatchObject({ state: 'won', loss: null, returnedMinor: 2999n });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': 1499n, gateway_fees: 1500n, revenue: -2999n });
  });

  it.each(['open', 'given up'])('pays the invoice that it had made owed again (%s) when it is won after all', async (state) => {
    const { context, charge, reference, invoiceId } = await disputed();
    await told(gateway.dispute(charge, { state: 'lost' }));
    await resolveDispute(context, { disputeId: (await disputeOf(context)).id, loss: 'reopen' });
    if (state === 'given up') await markUncollectible(context, { invoiceId });
    gateway.dispute(charge, { state: 'won', withdrawnMinor: 0n });
    await told(reference);
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid', paidAt: start });
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': 1499n, gateway_fees: 1500n, revenue: -2999n });
  });

  it('gives the money back that came back when the customer had paid again', async () => {
    const { context, charge, reference, invoiceId, attemptId } = await disputed();
    await told(gateway.dispute(charge, { state: 'lost' }));
    const { id: disputeId } = await disputeOf(context);
    await resolveDispute(context, { disputeId, loss: 'reopen' });
    await payInvoice(context, { invoiceId });
    await told(gateway.dispute(charge, { state: 'won', withdrawnMinor: 0n }));
    await performRefunds(clock);
    expect(await database().refund.findMany({ where: { accountId: context.accountId } })).toMatchObject([{ attemptId, cause: 'surplus', status: 'succeeded', amountMinor: 2999n }]);
    expect(await booksOf(context)).toEqual({ 'gateway:scripted': 1499n, gateway_fees: 1500n, revenue: -2999n });
    // Lost once more, it is a loss and no debt of the customer's: the invoice was paid by the other payment.
    gateway.dispute(charge, { state: 'lost', withdrawnMinor: 2999n });
    await told(reference);
    expect(await codeOf(resolveDispute(context, { disputeId, loss: 'reopen' }))).toBe('dispute_not_reopenable');
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
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

describe('a life of disputes', () => {
  type Step = GatewayDispute['state'] | 'reopen' | 'give_up' | 'pay' | 'refund' | 'credit';
  const steps = fc.array(fc.constantFrom<Step>('needs_response', 'under_review', 'won', 'lost', 'won', 'lost', 'reopen', 'give_up', 'pay', 'refund', 'credit'), { minLength: 3, maxLength: 9 });

  it('leaves books that are right, in whatever order it is lost, won, paid again and given up', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('write_off' as const, 'reopen' as const), async (life, loss) => {
        const { context, charge, invoiceId } = await paidInvoice(sellerId, start);
        await setLossPolicy(context, { loss });
        await told(gateway.dispute(charge));
        for (const step of life) {
          await live(context, { step, charge, invoiceId }).catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
          });
          const { withdrawnMinor, loss: kept, state } = await disputeOf(context);
          const { dispute_held: heldMinor = 0n, dispute_losses: lostMinor = 0n, receivable = 0n, written_off: writtenOff = 0n } = await booksOf(context);
          expect({ life, step, heldMinor }).toEqual({ life, step, heldMinor: kept ? 0n : withdrawnMinor });
          expect({ life, step, lostMinor }).toEqual({ life, step, lostMinor: kept === 'write_off' ? withdrawnMinor : 0n });
          const { status, totalMinor, creditedMinor, refundableMinor } = await invoiceOf(invoiceId);
          const dueMinor = totalMinor - creditedMinor + refundableMinor;
          expect({ life, step, receivable, writtenOff }).toEqual({ life, step, receivable: status === 'open' ? dueMinor : 0n, writtenOff: status === 'uncollectible' ? dueMinor : 0n });
          if (state === 'won' && status === 'open') throw new Error(`An invoice is owed although its dispute was won: ${life.join(' ')}`);
        }
        await performRefunds(clock);
        expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
      }),
      { numRuns: 25 },
    );
    await setLossPolicy((await paidInvoice(sellerId, start)).context, { loss: 'write_off' });
  });

  async function live(context: Context, { step, charge, invoiceId }: { step: Step; charge: string; invoiceId: string }): Promise<void> {
    if (step === 'reopen') return void (await resolveDispute(context, { disputeId: (await disputeOf(context)).id, loss: 'reopen' }));
    if (step === 'give_up') return void (await markUncollectible(context, { invoiceId }));
    if (step === 'pay') return void (await payInvoice(context, { invoiceId }));
    if (step === 'refund') return void (await refundInvoice(context, { invoiceId, amountMinor: 100n, to: 'credit', reason: 'Demo' }));
    if (step === 'credit') return void (await issueCreditNote(context, { invoiceId, reason: 'Demo', wanted: { scope: 'amount', amountMinor: 100n } }));
    await told(gateway.dispute(charge, { state: step, withdrawnMinor: step === 'won' ? 0n : 2999n }));
  }
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
