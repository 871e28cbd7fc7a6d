import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPerson } from '@/lib/auth/people';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { addTestMethod, ScriptedGateway, type Script } from '@/lib/testing/scripted-gateway';
import { addMember } from '../../accounts/add-member';
import { getAutomaticTopUp, setAutomaticTopUp } from '../../credits/automatic/set-automatic-top-up';
import { giveCredit } from '../../credits/give-credit';
import { getCredit, listGrants, listMovements } from '../../credits/list-credit';
import { setWelcomePolicy } from '../../credits/welcome/welcome-credit';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { getInvoice } from '../../invoices/list-invoices';
import { readBalances } from '../../ledger/store';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { readTopUpAttempt } from '../../payments/store';
import { adopt } from '../adopt/adopt';
import { bill } from '../collect-payment/bill';
import { performPayments } from '../collect-payment/perform-payments';
import { recordResult } from '../collect-payment/record-result';
import { checkLedger } from '../ledger-proof/check-ledger';
import { buyForLowAccounts } from './buy-when-low';
import { getTopUp } from './get-top-up';
import { requestTopUp } from './request-top-up';

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  await database().taxRate.create({ data: { id: newId('tax'), sellerId, country: 'US', name: 'VAT', percentage: '19' } });
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(async () => {
  setPaymentGateways([]);
  expect(await checkLedger()).toMatchObject({ unbalanced: [], discrepancies: [] });
});

async function customer(...script: Script[]) {
  const { context, clock } = await seedAccount(sellerId, start);
  const method = await addTestMethod(context);
  if (script.length > 0) gateway.script(method, ...script);
  return { context, clock, method };
}

const left = async (context: Context) => (await getCredit(context))[0]!.availableMinor;
const topUpsOf = ({ accountId }: Context) => database().topUp.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } });
const work = async (clock: FixedClock) => performPayments(new FixedClock(clock.now()));

describe('buying credit', () => {
  it('gives the credit with a paid receipt without tax once the payment has gone through', async () => {
    const { context } = await customer();
    const { topUp, paymentStatus } = await requestTopUp(context, { amountMinor: 5_000n });
    expect({ topUp, paymentStatus }).toMatchObject({ paymentStatus: 'succeeded', topUp: { status: 'completed', amountMinor: 5_000n } });
    expect(await left(context)).toBe(5_000n);
    expect(await getInvoice(context, topUp.invoiceId!)).toMatchObject({ status: 'paid', reason: 'top_up', taxMinor: 0n, creditMinor: 0n, totalMinor: 5_000n, lines: [{ kind: 'prepaid_credit' }] });
  });

  it('is not paid with credit', async () => {
    const { context } = await customer();
    await giveCredit(context, { amountMinor: 9_000n, note: '' });
    await requestTopUp(context, { amountMinor: 5_000n });
    expect(await left(context)).toBe(14_000n);
    expect(await gateway.collected()).toBe(5_000n);
  });

  it('gives nothing when the payment fails', async () => {
    const { context } = await customer('declined');
    expect(await requestTopUp(context, { amountMinor: 5_000n })).toMatchObject({ paymentStatus: 'failed', topUp: { status: 'failed', failureCode: 'insufficient_funds' } });
    expect(await left(context)).toBe(0n);
  });

  it('waits for the customer to confirm, and reading it again finds out', async () => {
    const { context, clock } = await customer('requires_action');
    const { topUp, paymentStatus, clientSecret } = await requestTopUp(context, { amountMinor: 5_000n }, 'key-1');
    expect({ paymentStatus, clientSecret }).toMatchObject({ paymentStatus: 'requires_action', clientSecret: expect.stringContaining('secret_of_') as string });
    expect(await left(context)).toBe(0n);
    expect(await requestTopUp(context, { amountMinor: 5_000n }, 'key-1')).toMatchObject({ topUp: { id: topUp.id }, clientSecret });
    const attempt = (await readTopUpAttempt(database(), topUp.id))!;
    gateway.finish(attempt.id, { outcome: 'succeeded', reference: attempt.reference! });
    clock.set(new Date(clock.now().getTime() + 10_000));
    expect(await getTopUp(context, topUp.id)).toMatchObject({ status: 'completed' });
    expect(await left(context)).toBe(5_000n);
  });

  it('is one purchase for one key, however often it is asked for, and another key is another', async () => {
    const { context } = await customer();
    const asked = await Promise.all(Array.from({ length: 10 }, () => requestTopUp(context, { amountMinor: 5_000n }, 'once')));
    expect(new Set(asked.map(({ topUp }) => topUp.id)).size).toBe(1);
    expect(await left(context)).toBe(5_000n);
    await expect(requestTopUp(context, { amountMinor: 6_000n }, 'once')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await requestTopUp(context, { amountMinor: 6_000n }, 'twice');
    expect(await gateway.collected()).toBe(11_000n);
  });

  it('loses nothing when the answer was lost: the job finds the money and gives the credit once', async () => {
    const { context, clock } = await customer('lost', 'succeeded');
    expect(await requestTopUp(context, { amountMinor: 5_000n })).toMatchObject({ paymentStatus: 'requested', topUp: { status: 'pending' } });
    clock.set(new Date(clock.now().getTime() + 5 * 60_000));
    await Promise.all([work(clock), work(clock)]);
    expect(await left(context)).toBe(5_000n);
    expect(await gateway.collected()).toBe(5_000n);
  });

  it('gives the credit once when its result is told many times at once, and also after it had failed', async () => {
    const { context } = await customer('declined');
    const { topUp } = await requestTopUp(context, { amountMinor: 5_000n });
    const { id } = (await readTopUpAttempt(database(), topUp.id))!;
    await Promise.all(Array.from({ length: 8 }, () => recordResult(context, id, { outcome: 'succeeded', reference: 'ch_late' })));
    expect(await getTopUp(context, topUp.id)).toMatchObject({ status: 'completed', failureCode: null });
    expect(await left(context)).toBe(5_000n);
  });

  it.each([['nothing', 0n], ['less than nothing', -500n], ['too little', 499n], ['too much', 1_000_001n]])('is refused for %s', async (_, amountMinor) => {
    const { context } = await customer();
    await expect(requestTopUp(context, { amountMinor })).rejects.toMatchObject({ code: 'top_up_amount_not_allowed', status: 422 });
  });

  it('is refused in another currency, with another account’s method and without one', async () => {
    const { context } = await customer();
    await expect(requestTopUp(context, { amountMinor: 5_000n, currency: 'EUR' })).rejects.toMatchObject({ code: 'currency_mismatch' });
    const stranger = await customer();
    const { id } = (await database().paymentMethod.findFirst({ where: { accountId: stranger.context.accountId } }))!;
    await expect(requestTopUp(context, { amountMinor: 5_000n, paymentMethodId: id })).rejects.toMatchObject({ code: 'not_found' });
    const { context: without } = await seedAccount(sellerId, start);
    await expect(requestTopUp(without, { amountMinor: 5_000n })).rejects.toMatchObject({ code: 'payment_method_required' });
  });

  it('can be taken back as far as it is not spent', async () => {
    const { context } = await customer();
    const { topUp } = await requestTopUp(context, { amountMinor: 5_000n });
    await inTransaction((transaction) => bill(transaction, context, draftOf(context.accountId, 1_000n)));
    const credit = (amountMinor: bigint) => issueCreditNote(context, { invoiceId: topUp.invoiceId!, reason: 'Demo', wanted: { scope: 'amount', amountMinor } });
    await expect(credit(3_811n)).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
    expect(await credit(3_810n)).toMatchObject({ refundableMinor: 3_810n, returnedCreditMinor: 0n });
    expect(await left(context)).toBe(0n);
  });

  it('is owed where it was spent before its payment was given back at the gateway, until the next credit settles it', async () => {
    const { context, clock } = await customer();
    const { topUp } = await requestTopUp(context, { amountMinor: 5_000n });
    await inTransaction((transaction) => bill(transaction, context, draftOf(context.accountId, 1_000n)));
    const { reference } = await database().paymentAttempt.findFirstOrThrow({ where: { topUpId: topUp.id } });
    const refund = gateway.refundThere(reference!, 5_000n);
    for (let time = 0; time < 2; time += 1) await adopt({ actor: { kind: 'system', id: 'test' }, clock, requestId: 'req_test' }, gateway, { kind: 'refund', reference: refund });
    expect((await getCredit(context))[0]).toMatchObject({ availableMinor: 0n, owedMinor: 1_190n, grants: [] });
    expect((await listMovements(context, { page: 1, pageSize: 20 })).items[0]).toMatchObject({ kind: 'paid_back', amountMinor: -5_000n, balanceMinor: -1_190n });

    await giveCredit(context, { amountMinor: 190n, note: 'Demo' });
    expect((await getCredit(context))[0]).toMatchObject({ availableMinor: 0n, owedMinor: 1_000n });
    await requestTopUp(context, { amountMinor: 2_000n });
    expect((await getCredit(context))[0]).toMatchObject({ availableMinor: 1_000n, owedMinor: 0n });
    const { items } = await listMovements(context, { page: 1, pageSize: 20 });
    expect(items.slice(0, 3).map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor])).toEqual([['made_up', 1_000n, 1_000n], ['settled', -1_000n, 0n], ['granted', 2_000n, 1_000n]]);
    const balances = new Map((await readBalances(database(), context.accountId)).map(({ ledgerAccount, balanceMinor }) => [ledgerAccount, balanceMinor]));
    expect({ owedBack: balances.get('owed_back') ?? 0n, customer: balances.get('customer_credit') }).toEqual({ owedBack: 0n, customer: -1_000n });
  });
});

describe('credit that is bought by itself', () => {
  const wanted = { enabled: true, thresholdMinor: 1_000n, amountMinor: 2_000n, monthlyCeilingMinor: 5_000n };
  const spendOf = (context: Context, minor: bigint) =>
    inTransaction(async (transaction) => {
      await lockAccount(transaction, context.accountId);
      return bill(transaction, context, draftOf(context.accountId, minor));
    });

  it('is bought once when many spends at once take it below the threshold', async () => {
    const { context, clock } = await customer();
    await giveCredit(context, { amountMinor: 5_000n, note: '' });
    await setAutomaticTopUp(context, wanted);
    await Promise.all(Array.from({ length: 10 }, () => spendOf(context, 400n)));
    expect(await topUpsOf(context)).toMatchObject([{ cause: 'automatic', amountMinor: 2_000n, status: 'pending' }]);
    await Promise.all([buyForLowAccounts(clock), buyForLowAccounts(clock), work(clock)]);
    expect(await left(context)).toBe(2_240n);
    expect(await topUpsOf(context)).toMatchObject([{ status: 'completed' }]);
  });

  it('stops at the ceiling of the month, and goes on with the next month of the account', async () => {
    const { context, clock } = await customer();
    await setAutomaticTopUp(context, { ...wanted, thresholdMinor: 9_000n });
    const round = async () => {
      await buyForLowAccounts(new FixedClock(clock.now()));
      await work(clock);
    };
    for (let times = 0; times < 4; times += 1) await round();
    expect(await left(context)).toBe(4_000n);
    clock.set(new Date('2026-03-31T23:59:59Z'));
    await round();
    expect(await left(context)).toBe(4_000n);
    clock.set(new Date('2026-04-01T00:00:00Z'));
    await round();
    expect(await left(context)).toBe(6_000n);
  });

  it('pauses after a failed payment, tells it once, and goes on when it is set anew', async () => {
    const { context, clock } = await customer('declined', 'succeeded');
    const email = `${newId('usr')}@demo.example`;
    await addMember(context, { userId: await createPerson({ email, name: 'Demo', language: 'zh', password: 'a long demo password' }, clock), role: 'billing' });
    await setAutomaticTopUp(context, wanted);
    await buyForLowAccounts(clock);
    await work(clock);
    await buyForLowAccounts(clock);
    expect(await topUpsOf(context)).toMatchObject([{ status: 'failed' }]);
    expect(await getAutomaticTopUp(context)).toMatchObject({ enabled: true, pausedAt: start, failureCode: 'insufficient_funds' });
    expect(await database().mail.findMany({ where: { recipient: email } })).toMatchObject([{ subject: expect.stringContaining('自动充值失败') as string }]);
    await setAutomaticTopUp(context, wanted);
    await buyForLowAccounts(clock);
    await work(clock);
    expect(await left(context)).toBe(2_000n);
  });

  it('is bought neither while it is switched off nor without a payment method', async () => {
    const { context, clock } = await customer();
    await setAutomaticTopUp(context, { ...wanted, enabled: false });
    const { context: without } = await seedAccount(sellerId, start);
    await setAutomaticTopUp(without, wanted);
    await buyForLowAccounts(clock);
    expect([...(await topUpsOf(context)), ...(await topUpsOf(without))]).toEqual([]);
  });

  it('is refused where the ceiling allows not one purchase', async () => {
    const { context } = await customer();
    await expect(setAutomaticTopUp(context, { ...wanted, monthlyCeilingMinor: 1_999n })).rejects.toMatchObject({ code: 'automatic_top_up_ceiling_too_low' });
    await expect(setAutomaticTopUp(context, { ...wanted, amountMinor: 1n })).rejects.toMatchObject({ code: 'top_up_amount_not_allowed' });
  });
});

describe('welcome credit', () => {
  const newcomer = async (currency = 'USD') => (await seedAccount(sellerId, start, { currency })).context;

  it('is given with the first payment method, for a year', async () => {
    const context = await newcomer();
    await storeTestMethod(context, gateway, { fingerprint: 'one' });
    await storeTestMethod(context, gateway, { fingerprint: 'another' });
    expect((await listGrants(context, { onlyLeft: false, page: 1, pageSize: 9 })).items).toMatchObject([
      { cause: 'welcome', currency: 'USD', amountMinor: 5_000n, expiresAt: new Date('2027-03-10T08:00:00Z') },
    ]);
  });

  it('is given once for a card, however many accounts store it at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => newcomer()));
    await Promise.all(accounts.map((context) => storeTestMethod(context, gateway, { fingerprint: 'shared' })));
    expect(await database().creditGrant.count({ where: { accountId: { in: accounts.map(({ accountId }) => accountId) } } })).toBe(1);
  });

  it('is what the seller sets, and none in another currency or when it is switched off', async () => {
    const euro = await newcomer('EUR');
    await storeTestMethod(euro, gateway, { fingerprint: 'euro' });
    expect(await left(euro)).toBe(0n);
    const context = await newcomer();
    await setWelcomePolicy(context, {});
    await storeTestMethod(context, gateway, { fingerprint: 'late' });
    expect(await left(context)).toBe(0n);
    await setWelcomePolicy(context, { USD: 5_000n });
  });
});
