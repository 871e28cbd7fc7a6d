import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { readBalances } from '@/lib/billing/ledger/store';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { listDifferences } from '@/lib/billing/workflows/reconciliation/read-reconciliations';
import { requestReconciliation } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { adoptDifference, explainDifference } from '@/lib/billing/workflows/reconciliation/resolve-difference';
import { runReconciliations } from '@/lib/billing/workflows/reconciliation/run-reconciliations';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { startPayPalSandbox, type PayPalSandbox } from '@/sandbox/testing';
import { paypalClient, type PayPalGatewaySettings } from './client';
import { paypalGateway } from './gateway';
import { captureOf } from './orders';
import { setupNamed } from './setups';

useTestDatabase();
const start = systemClock.now();
const tomorrow = new FixedClock(new Date(start.getTime() + 86_400_000));
let sellerId: string;
let sandbox: PayPalSandbox;

const settings = (): PayPalGatewaySettings => ({ clientId: sandbox.clientId, clientSecret: sandbox.clientSecret, webhookId: sandbox.webhookId, environment: 'sandbox', apiBase: new URL(sandbox.url) });
const captureFor = async (order: string) => captureOf((await paypalClient(settings()).orders.getOrder({ id: order })).result)!.id!;

// One set of books for all: each test leaves them agreeing.
beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
  sandbox = await startPayPalSandbox({ settleAfter: 3_600_000 });
  setPaymentGateways([paypalGateway(settings())]);
});
afterAll(async () => {
  setPaymentGateways([]);
  await sandbox.close();
});

/** A customer who paid 50.00 with a stored wallet, or began to. */
async function paid(buyer: 'pays' | 'pending' | 'slow_refund' = 'pays') {
  const { context } = await seedAccount(sellerId, start);
  const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
  sandbox.approvals.approve(setupNamed(session.reference!)!.token, buyer);
  await refreshCheckout(context, session.id);
  const { id: invoiceId } = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n)));
  const { attempt } = await payInvoice(context, { invoiceId });
  return { context, invoiceId, charge: attempt!.reference!, capture: await captureFor(attempt!.reference!) };
}

async function compare(context: Context) {
  const run = await requestReconciliation({ ...context, clock: tomorrow }, { from: new Date(start.getTime() - 86_400_000), to: tomorrow.now() });
  await runReconciliations(tomorrow);
  const { differences, failure } = await database().reconciliation.findUniqueOrThrow({ where: { id: run.id } });
  return { differences, failure };
}

const open = async (context: Context) => (await listDifferences(context, { status: 'open', page: 1, pageSize: 50 })).items;
const agreeing = { differences: 0, failure: null };

describe('our books and PayPal’s', () => {
  it('agree about payments and refunds, and what PayPal took for itself is booked once', async () => {
    const { context, invoiceId } = await paid();
    await refundInvoice(context, { invoiceId, amountMinor: 2000n, reason: 'Goodwill', to: 'method' });
    await performRefunds(context.clock);
    expect(await compare(context)).toEqual(agreeing);
    expect(await compare(context)).toEqual(agreeing);
    // 3.49 % and 0.49.
    expect((await readBalances(database(), context.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'gateway_fees')?.balanceMinor).toBe(224n);
  });

  it('differ by a payment whose review ended there unheard, which is taken over', async () => {
    const { context, invoiceId, charge, capture } = await paid('pending');
    sandbox.captures.settle(capture, 'completes');
    expect(await compare(context)).toMatchObject({ differences: 1 });
    const [difference] = await open(context);
    expect(difference).toMatchObject({ kind: 'payment', source: charge, problem: 'state_differs', ourState: 'processing', theirsMinor: 5000n });
    expect(await adoptDifference(context, difference!.id)).toMatchObject({ status: 'repaired' });
    expect(await database().invoice.findUniqueOrThrow({ where: { id: invoiceId } })).toMatchObject({ status: 'paid' });
    expect(await compare(context)).toEqual(agreeing);
  });

  it('differ by refunds and disputes that were made there unheard, which are taken over', async () => {
    const { context, capture } = await paid();
    await paypalClient(settings()).payments.refundCapturedPayment({ captureId: capture, body: { amount: { currencyCode: 'USD', value: '5.00' } } });
    sandbox.disputes.open(capture, { amountMinor: 4500n });
    expect(await compare(context)).toMatchObject({ differences: 2 });
    const found = await open(context);
    expect(found.map(({ kind, problem }) => [kind, problem]).sort()).toEqual([['dispute', 'missing_here'], ['refund', 'missing_here']]);
    for (const { id } of found) expect(await adoptDifference(context, id)).toMatchObject({ status: 'repaired' });
    expect(await compare(context)).toEqual(agreeing);
    expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
  });

  it('differ by a dispute that was won there unheard, which is taken over', async () => {
    const { context, capture } = await paid();
    const dispute = sandbox.disputes.open(capture);
    await compare(context);
    for (const { id } of await open(context)) await adoptDifference(context, id);
    sandbox.disputes.close(dispute, 'won');
    expect(await compare(context)).toMatchObject({ differences: 1 });
    const [difference] = await open(context);
    expect(difference).toMatchObject({ kind: 'dispute_reversal', source: dispute });
    expect(await adoptDifference(context, difference!.id)).toMatchObject({ status: 'repaired' });
    expect(await compare(context)).toEqual(agreeing);
  });

  it('differ by a refund that failed there unheard, which is taken over', async () => {
    const { context, invoiceId } = await paid('slow_refund');
    const { id } = await refundInvoice(context, { invoiceId, amountMinor: 2000n, reason: 'Goodwill', to: 'method' });
    await performRefunds(context.clock);
    const { reference, status } = await database().refund.findUniqueOrThrow({ where: { id } });
    expect(status).toBe('pending');
    sandbox.refunds.settle(reference!, 'fails');
    expect(await compare(context)).toMatchObject({ differences: 1 });
    const [difference] = await open(context);
    expect(difference).toMatchObject({ kind: 'refund', source: reference, problem: 'state_differs', ourState: 'pending' });
    expect(await adoptDifference(context, difference!.id)).toMatchObject({ status: 'repaired' });
    expect(await database().refund.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'failed' });
    expect(await compare(context)).toEqual(agreeing);
  });

  it('differ by a payment that nobody here asked for, which is explained, and by one that PayPal does not know', async () => {
    const { context, invoiceId } = await paid();
    const { orders } = paypalClient(settings());
    const { result } = await orders.createOrder({ body: { intent: 'CAPTURE' as never, purchaseUnits: [{ amount: { currencyCode: 'USD', value: '7.00' } }] } });
    sandbox.approvals.approve(result.id!, 'pays');
    await orders.captureOrder({ id: result.id! });
    const { id: paymentMethodId } = await database().paymentMethod.findFirstOrThrow({ where: { accountId: context.accountId } });
    await database().paymentAttempt.create({
      data: { id: newId('att'), accountId: context.accountId, invoiceId, paymentMethodId, gateway: 'paypal', reference: 'UNKNOWN1', amountMinor: 100n, currency: 'USD', status: 'succeeded', requestedAt: start, finishedAt: start },
    });
    expect(await compare(context)).toMatchObject({ differences: 2 });
    const found = await open(context);
    expect(found.map(({ source, problem }) => [source, problem]).sort()).toEqual([[result.id!, 'missing_here'], ['UNKNOWN1', 'missing_there']].sort());
    for (const { id } of found) {
      await expect(adoptDifference(context, id)).rejects.toMatchObject({ code: 'difference_not_adoptable' });
      await explainDifference(context, { id, note: 'A payment of the shop next door' });
    }
    await compare(context);
    expect(await open(context)).toEqual([]);
  });
});
