import type Stripe from 'stripe';
import type { Sandbox } from '../sandbox';
import { closeInvoice, collectInvoice, finalizeInvoice, invoiceOfIntent } from './invoice-collection';
import { draftInvoice, invoice, paymentsOf, type Invoice } from './invoice';
import { paymentIntent } from './payment-intent';
import { periodEnd } from '../periods';
import { currentPeriod, insertSubscription, intervalOf, linesFor, subscription, type Subscription, type SubscriptionDetails } from './subscription';

const incompleteFor = 23 * 3_600_000;

/** Changes a subscription and tells what it was before. */
export function changeSubscription(sandbox: Sandbox, row: Subscription, change: Partial<Subscription>): void {
  const before = structuredClone(row);
  Object.assign(row, change);
  sandbox.emit('customer.subscription.updated', row, before);
}

/** Has the sandbox come back at the end of the period, or earlier where the subscription ends before. */
export function scheduleRenewal(sandbox: Sandbox, row: Subscription): void {
  sandbox.schedule.remove('subscription.period_over', row.id);
  const { end } = currentPeriod(row);
  sandbox.later('subscription.period_over', row.id, Math.min(end, row.cancel_at ?? end) * 1000 - sandbox.clock.now());
}

/** Ends a subscription now, told as `customer.subscription.deleted`. Nothing is given back. */
export function endSubscription(sandbox: Sandbox, row: Subscription, reason: Stripe.Subscription.CancellationDetails.Reason): void {
  const now = sandbox.now();
  sandbox.schedule.remove('subscription.period_over', row.id);
  sandbox.schedule.remove('subscription.incomplete', row.id);
  const details = row.cancellation_details;
  const cancellation_details = { comment: details?.comment ?? null, feedback: details?.feedback ?? null, feedback_option: details?.feedback_option ?? null, reason };
  Object.assign(row, { status: 'canceled', canceled_at: row.canceled_at ?? now, ended_at: now, cancellation_details } satisfies Partial<Subscription>);
  for (const open of sandbox.rows(invoice).where((one) => one.id === row.latest_invoice && one.status === 'open')) sandbox.schedule.remove('invoice.retry', open.id);
  sandbox.emit('customer.subscription.deleted', row);
}

function openInvoice(sandbox: Sandbox, row: Subscription, reason: Invoice['billing_reason'] & ('subscription_create' | 'subscription_cycle'), free: boolean): Invoice {
  const period = currentPeriod(row);
  const made = draftInvoice(sandbox, { customer: row.customer, subscription: row, currency: row.currency, lines: linesFor(sandbox, row, period, free), reason, period });
  row.latest_invoice = made.id;
  return made;
}

/**
 * Begins a subscription with its first invoice. With `paidBy` a payment intent has paid it already; else the invoice is
 * open and `incomplete` the state, until somebody pays it or 23 hours are over.
 */
export function beginSubscription(sandbox: Sandbox, details: Omit<SubscriptionDetails, 'status'>, paidBy?: Stripe.PaymentIntent): { row: Subscription; first: Invoice } {
  const trialing = details.trialEnd !== undefined;
  const row = insertSubscription(sandbox, { ...details, status: trialing ? 'trialing' : paidBy ? 'active' : 'incomplete' });
  if (!trialing && !paidBy) sandbox.later('subscription.incomplete', row.id, incompleteFor);
  scheduleRenewal(sandbox, row);
  const first = openInvoice(sandbox, row, 'subscription_create', trialing);
  finalizeInvoice(sandbox, first, paidBy);
  return { row, first };
}

/** The first invoice of a subscription was not paid in time. */
export function expireIncomplete(sandbox: Sandbox, id: string): void {
  const row = sandbox.rows(subscription).get(id);
  if (row?.status !== 'incomplete') return;
  sandbox.schedule.remove('subscription.period_over', id);
  const first = sandbox.rows(invoice).get(String(row.latest_invoice));
  changeSubscription(sandbox, row, { status: 'incomplete_expired', ended_at: sandbox.now() });
  if (first?.status === 'open') closeInvoice(sandbox, first, 'void');
}

/** A pause of collection is over at the time that was set for it. */
export function onPauseOver(sandbox: Sandbox, id: string): void {
  const row = sandbox.rows(subscription).get(id);
  const resumes = row?.pause_collection?.resumes_at ?? null;
  if (row && resumes !== null && resumes <= sandbox.now()) changeSubscription(sandbox, row, { pause_collection: null });
}

/** Has the sandbox come back when a pause of collection ends, if it does. */
export function schedulePauseEnd(sandbox: Sandbox, row: Subscription): void {
  sandbox.schedule.remove('subscription.pause_over', row.id);
  const resumes = row.pause_collection?.resumes_at ?? null;
  if (resumes !== null) sandbox.later('subscription.pause_over', row.id, resumes * 1000 - sandbox.clock.now());
}

/** The end of a period: the subscription ends, or the next period begins and is charged. */
export function onPeriodOver(sandbox: Sandbox, id: string): void {
  const row = sandbox.rows(subscription).get(id);
  if (!row || !['active', 'trialing', 'past_due'].includes(row.status)) return;
  if (row.cancel_at !== null && row.cancel_at <= sandbox.now()) return endSubscription(sandbox, row, 'cancellation_requested');
  const start = currentPeriod(row).end;
  const end = periodEnd(row.billing_cycle_anchor, intervalOf(row), start);
  const before = structuredClone(row);
  for (const item of row.items.data) Object.assign(item, { current_period_start: start, current_period_end: end });
  if (row.status === 'trialing') row.status = 'active';
  const renewal = openInvoice(sandbox, row, 'subscription_cycle', false);
  sandbox.emit('customer.subscription.updated', row, before);
  scheduleRenewal(sandbox, row);
  collectRenewal(sandbox, row, renewal);
}

/** Stripe leaves a renewal a draft for an hour; here it is charged at once. */
function collectRenewal(sandbox: Sandbox, row: Subscription, renewal: Invoice): void {
  const behavior = row.pause_collection?.behavior;
  if (behavior === 'keep_as_draft') return void Object.assign(renewal, { auto_advance: false });
  finalizeInvoice(sandbox, renewal);
  if (behavior === 'void') return closeInvoice(sandbox, renewal, 'void');
  if (behavior === 'mark_uncollectible') return closeInvoice(sandbox, renewal, 'uncollectible');
  if (renewal.status === 'open') collectInvoice(sandbox, renewal);
}

/** Nobody is left to pay. */
export function onCustomerDeleted(sandbox: Sandbox, { id }: Stripe.Customer): void {
  const running = sandbox.rows(subscription).where((row) => row.customer === id && !['canceled', 'incomplete_expired'].includes(row.status));
  for (const row of running) endSubscription(sandbox, row, 'cancellation_requested');
}

const subscriptionOf = (sandbox: Sandbox, one: Invoice): Subscription | undefined => sandbox.rows(subscription).get(String(one.parent?.subscription_details?.subscription));

/** Money for an invoice has come: what waited for it goes on. */
export function onInvoicePaid(sandbox: Sandbox, one: Invoice): void {
  const row = subscriptionOf(sandbox, one);
  if (!row || row.latest_invoice !== one.id || !['incomplete', 'past_due'].includes(row.status)) return;
  sandbox.schedule.remove('subscription.incomplete', row.id);
  const keeps = row.payment_settings?.save_default_payment_method === 'on_subscription';
  const intent = keeps ? sandbox.rows(paymentIntent).get(paymentsOf(sandbox, one)[0]?.payment.payment_intent ?? '') : undefined;
  const paidWith = intent?.payment_method ? { default_payment_method: String(intent.payment_method) } : {};
  changeSubscription(sandbox, row, { status: 'active', ...paidWith });
}

/** A bank debit is under way: the subscription counts as paid until the bank says otherwise. */
export function onDebitBegun(sandbox: Sandbox, intent: Stripe.PaymentIntent): void {
  const one = invoiceOfIntent(sandbox, intent.id);
  if (one) onInvoicePaid(sandbox, one);
}

/** A renewal that could not be charged: `past_due`, and at the last failure the end. */
export function onInvoiceRefused(sandbox: Sandbox, one: Invoice): void {
  const row = subscriptionOf(sandbox, one);
  if (!row || row.latest_invoice !== one.id || !['active', 'past_due'].includes(row.status)) return;
  if (row.status === 'active') changeSubscription(sandbox, row, { status: 'past_due' });
  if (one.billing_reason === 'subscription_cycle' && one.next_payment_attempt === null) endSubscription(sandbox, row, 'payment_failed');
}
