import { createApiKey } from '@/lib/auth/api-keys';
import { addApiKey } from '@/lib/auth/manage-api-keys';
import { createPerson } from '@/lib/auth/people';
import { permissions, type Permission } from '@/lib/auth/permissions';
import { invite } from '@/lib/auth/team/invite';
import { createUserToken } from '@/lib/auth/tokens/user-tokens';
import type { MemberRole } from '@/lib/billing/accounts/account';
import { createTestClock } from '@/lib/billing/accounts/test-clocks/create-test-clock';
import { addMember } from '@/lib/billing/accounts/add-member';
import { createCostCentre } from '@/lib/billing/cost-centres/create-cost-centre';
import { listMembers } from '@/lib/billing/accounts/list-members';
import { updateAccount } from '@/lib/billing/accounts/update-account';
import { createCoupon } from '@/lib/billing/catalog/coupons/manage-coupons';
import { giveCredit } from '@/lib/billing/credits/give-credit';
import { createTopUp } from '@/lib/billing/workflows/top-up/create-top-up';
import { eventId } from '@/lib/billing/quota/engine/engine';
import { issueCreditNote } from '@/lib/billing/invoices/credit-notes/issue-credit-note';
import { addBoost } from '@/lib/billing/quota/adjustments/add-boost';
import { setOverride } from '@/lib/billing/quota/adjustments/set-override';
import { takeLease } from '@/lib/billing/quota/reservations/take-lease';
import { insertCheckout } from '@/lib/billing/payments/checkout/store';
import { insertPaymentMethod, insertSetup } from '@/lib/billing/payments/methods/store';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { previewPlanChange } from '@/lib/billing/workflows/change-plan/preview';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { idOfUuid, newId } from '@/lib/core/ids';
import { found } from '@/lib/core/errors';
import { createEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { sendTest } from '@/lib/webhooks/outbox/announce';
import { seedAccount, seedSeller } from './account';
import { seedMoneyBack, type MoneyBack } from './money-back';

/** A text that stands in everything the victim owns and in nothing else. */
export const mark = 'Zebrafish';

export interface Customer {
  accountId: string;
  context: Context;
  /** A key for the account with every permission. */
  apiKey: string;
  /** A user token of its owner, for what only people may do. */
  ownerToken: string;
}

export interface TwoCustomers {
  sellerId: string;
  victim: Customer & { invoiceId: string; subscriptionId: string; planKey: string; endpointId: string; deliveryId: string; usageId: string; leaseId: string; alertId: string; creditNoteId: string; couponCode: string; overridden: string; boostId: string; quoteId: string; lineId: string; paymentMethodId: string; setupId: string; checkoutId: string; grantId: string; topUpId: string; memberId: string; invitationId: string; keyId: string; costCentreId: string } & MoneyBack;
  stranger: Customer;
  /** A test clock that another customer of the same seller lives by. */
  testClockId: string;
  /** A run in which the seller's periods were closed. */
  runId: string;
  /** A key of the customers' seller, with every permission. */
  sellerKey: string;
  /** A key of another seller, with every permission. */
  otherSellerKey: string;
}

/** `Authorization` with a new key. */
export async function keyFor(sellerId: string, accountId: string | null, scopes: readonly Permission[] = permissions, expiresAt: Date | null = null): Promise<string> {
  const { text } = await createApiKey({ sellerId, accountId, name: 'Test key', scopes, expiresAt }, systemClock);
  return text;
}

/** A bearer token of a new person who belongs to the account in that role. */
export async function tokenFor(context: Context, role: MemberRole): Promise<string> {
  const email = `${newId('usr')}@demo.example`;
  const password = 'only-for-this-test';
  const userId = await createPerson({ email, name: 'Demo Person', language: 'en', password }, systemClock);
  await addMember(context, { userId, role });
  const { token } = await createUserToken({ ...context, accountId: '' }, { email, password });
  return token;
}

async function customer(sellerId: string): Promise<Customer> {
  const { context } = await seedAccount(sellerId, systemClock.now());
  const living: Context = { ...context, clock: systemClock };
  return { accountId: context.accountId, context: living, apiKey: await keyFor(sellerId, context.accountId), ownerToken: await tokenFor(living, 'owner') };
}

/** A plan that only this account may see. */
async function negotiatedPlan(accountId: string): Promise<string> {
  const key = `${mark.toLowerCase()}-plan`;
  const now = systemClock.now();
  await database().plan.create({
    data: {
      id: newId('plan'), key, nameEn: mark, nameZh: mark, rank: 30, accountId, createdAt: now,
      versions: {
        create: {
          id: newId('pver'), version: 1, publishedAt: now,
          prices: { create: { id: newId('price'), currency: 'USD', interval: 'month', amountMinor: 500n } },
        },
      },
    },
  });
  return key;
}

/** A payment method, and two more on their way, of a gateway that is switched off. */
async function seedPaying({ accountId, clock }: Context): Promise<{ paymentMethodId: string; setupId: string; checkoutId: string }> {
  const [paymentMethodId, setupId, checkoutId] = [newId('pm'), newId('setup'), newId('co')];
  const shared = { accountId, gateway: 'none', createdAt: clock.now() };
  const begun = { ...shared, reference: null, failureCode: null, requestKey: null, finishedAt: null };
  await insertPaymentMethod(database(), {
    ...shared, id: paymentMethodId, reference: mark, kind: 'card', brand: 'visa', lastDigits: '4242', expiryMonth: 12, expiryYear: 2034, fingerprint: mark, label: mark, isDefault: true,
  });
  await insertCheckout(database(), {
    ...begun, id: checkoutId, mode: 'setup', status: 'in_progress', invoiceId: null, topUpId: null, subscriptionId: null, priceId: null, priceMinor: null, keepMethod: false,
    returnPath: '/billing', expiresAt: new Date('2099-01-01T00:00:00Z'),
  });
  await insertSetup(database(), { ...begun, id: setupId, status: 'open', paymentMethodId: null, checkoutSessionId: checkoutId });
  return { paymentMethodId, setupId, checkoutId };
}

/**
 * Two customers of one seller, on the Pro plan and with usage and an invoice each, and the key of another seller: one of
 * the customers is the victim, everything else is a stranger to it.
 */
export async function seedTwoCustomers(): Promise<TwoCustomers> {
  const sellerId = await seedSeller(systemClock.now());
  const [victim, stranger] = [await customer(sellerId), await customer(sellerId)];
  await updateAccount(victim.context, { name: mark, contactName: mark, address: { city: mark } });
  const planKey = await negotiatedPlan(victim.accountId);
  for (const { context } of [victim, stranger]) await subscribe(context, { planKey: 'pro', interval: 'month' });
  await recordUsage(victim.context, [{ feature: 'api_calls', quantity: 7n, idempotencyKey: `${mark}-1`, model: mark }]);

  const invoice = found(await database().invoice.findFirst({ where: { accountId: victim.accountId } }), 'invoice');
  const line = found(await database().invoiceLine.findFirst({ where: { invoiceId: invoice.id } }), 'line');
  const subscription = found(await database().subscription.findFirst({ where: { accountId: victim.accountId } }), 'subscription');
  const creditNote = await issueCreditNote(victim.context, { invoiceId: invoice.id, reason: mark, wanted: { scope: 'amount', amountMinor: 1n } });
  const { endpoint } = await createEndpoint(victim.context, { url: `https://${mark.toLowerCase()}.demo.example/`, description: mark, events: ['quota.threshold_reached'], enabled: true });
  await setOverride(victim.context, { feature: 'tokens', limit: 2_000_000n, reason: mark });
  const boost = await addBoost(victim.context, { feature: 'tokens', quantity: 500n, endsAt: new Date('2099-01-01T00:00:00Z'), reason: mark });
  const coupon = await createCoupon(victim.context, { code: 'TEST-10', name: { en: 'Test', zh: '测试' }, percentage: '10', amounts: {}, cycles: 1, plans: [], expiresAt: null, redemptionCap: null });
  const grant = await giveCredit(victim.context, { amountMinor: 100n, note: mark });
  const topUp = await inTransaction(async (transaction) => createTopUp(transaction, victim.context, { amountMinor: 1_000n }));
  const delivery = await sendTest(victim.context, endpoint.id);
  const usageId = idOfUuid('evt', eventId(victim.accountId, `${mark}-1`, systemClock.now()));
  const { lease } = await takeLease(victim.context, { feature: 'api_calls', quantity: 5n, expiresInSeconds: 3_600 });
  const { quote } = await previewPlanChange(victim.context, { planKey: 'enterprise' });
  const leaseId = found(lease, 'lease').id;
  const invitation = await invite(victim.context, { email: `${mark.toLowerCase()}@demo.example`, role: 'viewer' });
  const key = await addApiKey(victim.context, { name: mark, scopes: ['quota:read'], expiresAt: null });
  const costCentre = await createCostCentre(victim.context, { key: mark, name: mark, budgetMinor: 100n });
  const [member] = await listMembers(victim.context);
  const alertId = newId('alert');
  await database().quotaAlert.create({
    data: { id: alertId, accountId: victim.accountId, counterId: 0n, featureKey: mark, percent: 80, used: 80n, limitQuantity: 100n, raisedAt: systemClock.now() },
  });
  const { id: otherSellerId } = await database().seller.create({
    data: { id: newId('sel'), name: 'Other', legalName: 'Other', addressLines: [], country: 'US', email: 'other@demo.example', invoicePrefix: 'O', createdAt: systemClock.now() },
  });
  const simulated = await customer(sellerId);
  const testClock = await createTestClock(simulated.context, { name: 'Test' });
  const runId = newId('run');
  const moment = systemClock.now();
  await database().billingRun.create({
    data: { id: runId, sellerId, dueBy: moment, foundAll: true, actorKind: 'system', actorId: 'test', startedAt: moment, finishedAt: moment },
  });
  return {
    sellerId,
    testClockId: testClock.id,
    runId,
    victim: { ...victim, invoiceId: invoice.id, subscriptionId: subscription.id, planKey, endpointId: endpoint.id, deliveryId: delivery.id, usageId, leaseId, alertId, creditNoteId: creditNote.id, couponCode: coupon.code, overridden: 'tokens', boostId: boost.id, quoteId: quote.id, lineId: line.id, grantId: grant.id, topUpId: topUp.id, memberId: found(member, 'member').id, invitationId: invitation.id, keyId: key.id, costCentreId: costCentre.id, ...(await seedPaying(victim.context)), ...(await seedMoneyBack(victim.context, invoice.id, mark)) },
    stranger,
    sellerKey: await keyFor(sellerId, null),
    otherSellerKey: await keyFor(otherSellerId, null),
  };
}
