import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPerson } from '@/lib/auth/people';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { addMember } from '../../accounts/add-member';
import { issueInvoice } from '../../invoices/issue-invoice';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { customerAt } from '../../payments/customer-at';
import { listPaymentMethods } from '../../payments/methods/list-methods';
import { payInvoice } from '../collect-payment/pay-invoice';
import { performPayments } from '../collect-payment/perform-payments';
import { subscribe } from '../subscribe';
import { beginSetup } from './begin-setup';
import { finishSetup } from './finish-setup';
import { recordMethod } from './record-method';
import { recordSetup } from './record-setup';
import { refreshUnfinishedSetups } from './refresh-unfinished-setups';
import { detachRemovedMethods, removeMethod } from './remove-method';
import { setDefaultMethod } from './set-default-method';
import { tellOfExpiringMethods } from './tell-of-expiry';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const later = (minutes: number) => new FixedClock(new Date(start.getTime() + minutes * 60_000));
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(() => setPaymentGateways([]));

const account = () => seedAccount(sellerId, start);
const labels = async (context: Context) => (await listPaymentMethods(context)).items.map(({ id, isDefault }) => [id, isDefault]);

describe('storing a payment method', () => {
  it('makes the first one the default, and the gateway’s customer once', async () => {
    const { context } = await account();
    const [first, second] = [await storeTestMethod(context, gateway), await storeTestMethod(context, gateway)];
    expect(await labels(context)).toEqual([[first.id, true], [second.id, false]]);
    expect(first).toMatchObject({ label: 'Visa •••• 4242', expiryMonth: 12, expiryYear: 2034 });
    const references = await Promise.all(Array.from({ length: 8 }, () => customerAt(context, gateway)));
    expect(new Set(references).size).toBe(1);
    expect(await database().gatewayCustomer.count({ where: { accountId: context.accountId } })).toBe(1);
  });

  it('stores it once, however often and from wherever it is told', async () => {
    const { context } = await account();
    const { setup } = await beginSetup(context);
    gateway.finishSetup(setup.id, { customer: await customerAt(context, gateway) });
    const told = await gateway.readSetup(setup.reference!);
    await Promise.all([1, 2, 3].flatMap(() => [finishSetup(context, setup.id), recordSetup(context, setup.id, told)]));
    expect((await listPaymentMethods(context)).items).toHaveLength(1);
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'payment_method.stored' } })).toBe(1);
  });

  it('answers the same setup for the same key, and keeps no client secret', async () => {
    const { context } = await account();
    const [first, second] = [await beginSetup(context, 'dialog-1'), await beginSetup(context, 'dialog-1')];
    expect(second).toEqual(first);
    expect(first.clientSecret).toBeTruthy();
    expect(JSON.stringify([await database().paymentSetup.findMany(), await database().auditEntry.findMany()], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(first.clientSecret);
  });

  it('loses nothing while the gateway is away, and says when to try again', async () => {
    const { context } = await account();
    gateway.isAway = true;
    await expect(beginSetup(context, 'dialog')).rejects.toMatchObject({ code: 'payment_provider_unavailable', details: { retryAfterSeconds: 5 } });
    gateway.isAway = false;
    expect((await beginSetup(context, 'dialog')).setup.status).toBe('open');
    expect(await database().paymentSetup.count({ where: { accountId: context.accountId } })).toBe(1);
  });

  it('is off without a gateway', async () => {
    const { context } = await account();
    setPaymentGateways([]);
    await expect(beginSetup(context)).rejects.toMatchObject({ code: 'payments_unavailable' });
    expect((await listPaymentMethods(context)).options).toEqual([]);
  });

  it('does not store what belongs to another customer of the gateway', async () => {
    const { context } = await account();
    const { setup } = await beginSetup(context);
    gateway.finishSetup(setup.id, { customer: 'customer_of_somebody_else' });
    expect((await finishSetup(context, setup.id)).method).toBeNull();
    expect((await listPaymentMethods(context)).items).toEqual([]);
  });

  it('replaces the entry for the same card', async () => {
    const { context } = await account();
    await storeTestMethod(context, gateway, { fingerprint: 'same' });
    const again = await storeTestMethod(context, gateway, { fingerprint: 'same', expiry: { month: 1, year: 2040 } });
    expect(await labels(context)).toEqual([[again.id, true]]);
  });

  it('is found out by the job when the browser was closed, and given up after a day', async () => {
    const [{ context }, other] = [await account(), await account()];
    const [left, finished] = [await beginSetup(context), await beginSetup(other.context)];
    gateway.finishSetup(finished.setup.id, { customer: await customerAt(other.context, gateway) });
    await refreshUnfinishedSetups(later(15));
    expect((await listPaymentMethods(other.context)).items).toHaveLength(1);
    expect((await finishSetup(context, left.setup.id)).setup.status).toBe('open');
    await refreshUnfinishedSetups(later(24 * 60));
    expect((await database().paymentSetup.findUniqueOrThrow({ where: { id: left.setup.id } })).status).toBe('canceled');
  });
});

describe('the default payment method', () => {
  it('is charged what is overdue as soon as there is one', async () => {
    const { context, clock } = await account();
    const invoice = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 900n)));
    clock.set(new Date(invoice.dueAt!.getTime() + 60_000));
    await storeTestMethod(context, gateway);
    await performPayments(clock);
    expect((await database().invoice.findUniqueOrThrow({ where: { id: invoice.id } })).status).toBe('paid');
  });

  it('is another account’s to nobody', async () => {
    const [{ context }, stranger] = [await account(), await account()];
    const method = await storeTestMethod(context, gateway);
    await expect(setDefaultMethod(stranger.context, method.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeMethod(stranger.context, { methodId: method.id, confirmed: true })).rejects.toMatchObject({ code: 'not_found' });
    await expect(finishSetup(stranger.context, (await beginSetup(context)).setup.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('removing a payment method', () => {
  it('has the newest other one take its place, and takes it from the gateway', async () => {
    const { context } = await account();
    const [first, second] = [await storeTestMethod(context, gateway), await storeTestMethod(context, gateway)];
    await removeMethod(context, { methodId: first.id, confirmed: false });
    expect(await labels(context)).toEqual([[second.id, true]]);
    expect(gateway.methods.has(first.reference)).toBe(false);
    await expect(setDefaultMethod(context, first.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('asks before it leaves a subscription that costs something without one', async () => {
    const { context, clock } = await account();
    const method = await storeTestMethod(context, gateway);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(clock);
    await expect(removeMethod(context, { methodId: method.id, confirmed: false })).rejects.toMatchObject({ code: 'last_payment_method' });
    await removeMethod(context, { methodId: method.id, confirmed: true });
    expect(await labels(context)).toEqual([]);
  });

  it('waits while it is being charged', async () => {
    const { context } = await account();
    const method = await storeTestMethod(context, gateway);
    gateway.script(method.reference, 'requires_action');
    const invoice = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 900n)));
    await payInvoice(context, { invoiceId: invoice.id });
    await expect(removeMethod(context, { methodId: method.id, confirmed: true })).rejects.toMatchObject({ code: 'payment_in_progress' });
  });

  it('is done here at once and at the gateway when that answers again', async () => {
    const { context } = await account();
    const method = await storeTestMethod(context, gateway);
    gateway.isAway = true;
    await removeMethod(context, { methodId: method.id, confirmed: false });
    expect([await labels(context), gateway.methods.has(method.reference)]).toEqual([[], true]);
    gateway.isAway = false;
    expect(await detachRemovedMethods(later(1))).toMatchObject({ left: 0 });
    expect(await detachRemovedMethods(later(2))).toEqual({ detached: 0, left: 0 });
    expect(gateway.methods.has(method.reference)).toBe(false);
  });
});

describe('a payment method that expires', () => {
  it('is told of once by mail, a month before, in the language of each person', async () => {
    const { context } = await account();
    const userId = await createPerson({ email: `${newId('usr')}@demo.example`, name: 'Demo', language: 'zh', password: 'a long demo password' }, context.clock);
    await addMember(context, { userId, role: 'billing' });
    const method = await storeTestMethod(context, gateway, { expiry: { month: 3, year: 2026 } });
    const told = async (day: string) => (await tellOfExpiringMethods(new FixedClock(new Date(day)))).told;
    expect([await told('2026-03-01T00:00:00Z'), await told('2026-03-02T01:00:00Z'), await told('2026-03-03T00:00:00Z')]).toEqual([0, 1, 0]);
    expect(await database().mail.findMany({ where: { subject: { contains: '即将到期' } } })).toHaveLength(1);
    await recordMethod(context, method.id, { ...(await gateway.readMethod(method.reference))!, expiry: { month: 4, year: 2026 } });
    expect(await told('2026-04-05T00:00:00Z')).toBe(1);
  });

  it('is removed here when the gateway no longer has it', async () => {
    const { context } = await account();
    const [first, second] = [await storeTestMethod(context, gateway), await storeTestMethod(context, gateway)];
    await recordMethod(context, first.id, null);
    expect(await labels(context)).toEqual([[second.id, true]]);
    expect(await detachRemovedMethods(later(1))).toEqual({ detached: 0, left: 0 });
  });
});
