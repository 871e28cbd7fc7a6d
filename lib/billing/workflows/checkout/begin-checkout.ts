import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { getAccount } from '../../accounts/get-account';
import { readInvoice } from '../../invoices/store';
import { askGateway } from '../../payments/ask-gateway';
import { checkoutLifetime, withEnd, type CheckoutSession } from '../../payments/checkout/checkout';
import { insertCheckout, readCheckout, readCheckoutByKey, readSubscriptionPage, writeCheckout } from '../../payments/checkout/store';
import { gatewayFor } from '../../payments/configured-gateway';
import { customerAt } from '../../payments/customer-at';
import type { CheckoutMode } from '../../payments/gateway/checkouts';
import { GatewayRefusal } from '../../payments/gateway/failures';
import { insertSetup } from '../../payments/methods/store';
import { readAttemptOfCheckout, readOpenAttempt } from '../../payments/store';
import { readRunning } from '../../subscriptions/store';
import { assertPayable, makeRoom } from '../collect-payment/make-room';
import { requestAttempt, requestCharge } from '../collect-payment/request-payment';
import { managedOffer, mayBegin, type WantedManaged } from '../managed/managed-offer';
import { assertStillHolds } from '../pay-first/carry-out-held';
import { createTopUp, type WantedTopUp } from '../top-up/create-top-up';
import { openPage } from './open-page';
import { recordCheckout, withdrawUnpaid } from './record-checkout';
import { expireCheckout, refreshCheckout, type CheckoutStanding } from './refresh-checkout';
import { releaseAttempt } from './release-attempt';

/** What the page of the gateway is for. */
export type CheckoutPurpose =
  | { kind: 'invoice'; invoiceId: string; /** Whether what is paid with is stored for later. */ keepMethod: boolean }
  | ({ kind: 'top_up'; keepMethod: boolean } & WantedTopUp)
  | ({ kind: 'subscription' } & WantedManaged)
  | { kind: 'payment_method' };

const modes: Record<CheckoutPurpose['kind'], CheckoutMode> = { invoice: 'payment', top_up: 'payment', subscription: 'subscription', payment_method: 'setup' };

export interface WantedCheckout {
  purpose: CheckoutPurpose;
  /** The page of the portal to go back to: a path. */
  returnPath: string;
  /** The gateway that the customer chose, by its name; the preferred one unless said. */
  gateway?: string | undefined;
  /** The caller's Idempotency-Key. */
  requestKey?: string | null;
}

/** A session that was begun, or what has the gateway close another first. */
type Begun = { session: CheckoutSession; isNew: boolean } | { release: () => Promise<unknown> };

/** So often others may come between before the caller is told that a payment is under way. */
const rounds = 3;

/**
 * Opens a page of the gateway on which the customer pays an invoice, buys credit, stores a payment method, or subscribes to a plan that
 * the gateway renews by itself. What was begun for the same before and not finished is closed first. The same Idempotency-Key is the same page. Throws `not_found`,
 * `invoice_not_payable`, `payment_in_progress`, `payments_unavailable`, `payment_provider_unavailable`, `payment_refused`,
 * `idempotency_key_reused`, what `createTopUp` and `managedOffer` throw, and `already_subscribed` where a plan that costs something runs.
 */
export async function beginCheckout(context: Context, wanted: WantedCheckout): Promise<CheckoutStanding> {
  const { currency } = await getAccount(context);
  const gateway = gatewayFor(currency, ({ checkout }) => checkout.includes(modes[wanted.purpose.kind]), wanted.gateway);
  await customerAt(context, gateway);
  for (let round = 1; ; round += 1) {
    const begun = await inTransaction((transaction) => writeIntent(transaction, context, wanted, gateway.name));
    if ('session' in begun) return begun.isNew ? open(context, begun.session) : askGateway(() => refreshCheckout(context, begun.session.id));
    if (round === rounds) throw new DomainError('payment_in_progress');
    await askGateway(begun.release);
  }
}

async function writeIntent(transaction: Database, context: Context, { purpose, returnPath, gateway: chosen, requestKey = null }: WantedCheckout, gateway: string): Promise<Begun> {
  const { accountId, clock } = context;
  await lockAccount(transaction, accountId);
  const earlier = requestKey === null ? null : await readCheckoutByKey(transaction, accountId, requestKey);
  if (earlier) {
    if ((chosen !== undefined && earlier.gateway !== chosen) || !(await isFor(transaction, context, earlier, purpose))) throw new DomainError('idempotency_key_reused');
    return { session: earlier, isNew: false };
  }
  const session: CheckoutSession = {
    id: newId('co'), accountId, gateway, mode: modes[purpose.kind], status: 'in_progress', reference: null,
    invoiceId: null, topUpId: null, subscriptionId: null, priceId: null, priceMinor: null, keepMethod: keepsMethod(purpose), requestKey, failureCode: null, returnPath,
    expiresAt: new Date(systemClock.now().getTime() + checkoutLifetime), createdAt: clock.now(), finishedAt: null,
  };
  const by = { gateway, paymentMethodId: null, checkoutSessionId: session.id, onSession: true };
  if (purpose.kind === 'invoice') {
    const invoice = found(await readInvoice(transaction, accountId, purpose.invoiceId), 'invoice');
    assertPayable(invoice);
    await assertStillHolds(transaction, context, invoice);
    const before = await readOpenAttempt(transaction, invoice.id);
    const room = before ? await makeRoom(transaction, context, before) : 'free';
    if (room === 'busy') throw new DomainError('payment_in_progress');
    if (before && room === 'release') return { release: () => releaseAttempt(context, before) };
    await insertCheckout(transaction, { ...session, invoiceId: invoice.id });
    await requestCharge(transaction, context, invoice, by);
  } else if (purpose.kind === 'top_up') {
    const { id: topUpId, amountMinor, currency } = await createTopUp(transaction, context, purpose);
    await insertCheckout(transaction, { ...session, topUpId });
    await requestAttempt(transaction, context, { topUpId, amountMinor, currency }, by);
  } else if (purpose.kind === 'subscription') {
    if (!mayBegin(await readRunning(transaction, accountId))) throw new DomainError('already_subscribed');
    const open = await readSubscriptionPage(transaction, accountId);
    if (open) return { release: () => expireCheckout(context, open.id) };
    await insertCheckout(transaction, { ...session, subscriptionId: newId('sub'), ...(await managedOffer(context, purpose)) });
  } else {
    await insertCheckout(transaction, session);
    await insertSetup(transaction, {
      id: newId('setup'), accountId, gateway, status: 'open', reference: null, failureCode: null, paymentMethodId: null,
      checkoutSessionId: session.id, requestKey: null, createdAt: clock.now(), finishedAt: null,
    });
  }
  await recordAudit(transaction, context, { action: 'checkout.begun', subject: session.id, after: { gateway, mode: session.mode, purpose: purpose.kind } });
  return { session: found(await readCheckout(transaction, accountId, session.id), 'checkout session'), isNew: true };
}

/** Whether what is paid with is kept: also for a plan that the gateway renews, since the portal charges the usage past its limits. */
function keepsMethod(purpose: CheckoutPurpose): boolean {
  if (purpose.kind === 'payment_method') return false;
  return purpose.kind === 'subscription' || purpose.keepMethod;
}

/** Whether the session was begun for that. */
async function isFor(transaction: Database, context: Context, session: CheckoutSession, purpose: CheckoutPurpose): Promise<boolean> {
  if (purpose.kind === 'payment_method') return session.mode === 'setup';
  if (purpose.kind === 'invoice') return session.invoiceId === purpose.invoiceId;
  if (purpose.kind === 'subscription') return session.mode === 'subscription' && session.priceId === (await managedOffer(context, purpose)).priceId;
  return session.topUpId !== null && (await readAttemptOfCheckout(transaction, session.id))?.amountMinor === purpose.amountMinor;
}

/** Has the gateway open its page; a session that it refuses has ended in an error. */
async function open(context: Context, session: CheckoutSession): Promise<CheckoutStanding> {
  try {
    const told = await openPage(context, session);
    return { session: await recordCheckout(context, session.id, told), url: told.url };
  } catch (error) {
    if (error instanceof GatewayRefusal) await failCheckout(context, session.id, error.code);
    return askGateway(() => Promise.reject(error as Error));
  }
}

function failCheckout(context: Context, id: string, code: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const session = await readCheckout(transaction, context.accountId, id);
    const after = session && withEnd(session, 'error', context.clock.now(), code);
    if (!after) return;
    await writeCheckout(transaction, after);
    await recordAudit(transaction, context, { action: 'checkout.error', subject: id, before: { status: session.status }, after: { status: after.status, failureCode: code } });
    const attempt = await readAttemptOfCheckout(transaction, id);
    if (attempt) await withdrawUnpaid(transaction, context, attempt);
  });
}
