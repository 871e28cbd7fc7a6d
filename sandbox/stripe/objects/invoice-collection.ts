import type Stripe from 'stripe';
import { Refusal } from '../errors';
import type { Sandbox } from '../sandbox';
import { customerOf } from './customer';
import { confirmPaymentIntent } from './payment-attempt';
import { createPaymentIntent, paymentIntent } from './payment-intent';
import { invoice, invoicePayment, linkPayment, numberFor, paymentsOf, type Invoice, type InvoicePayment } from './invoice';

/** Days after the first failure at which an unpaid renewal is charged again. */
export const retryAfterDays = [3, 5, 7] as const;
const day = 86_400;

const subscriptionOf = (row: Invoice): Stripe.Subscription['id'] => String(row.parent?.subscription_details?.subscription);

const paymentBy = (sandbox: Sandbox, intentId: string): InvoicePayment | undefined => sandbox.rows(invoicePayment).where((one) => one.payment.payment_intent === intentId)[0];

/** The invoice that a payment intent pays, if it pays one. */
export function invoiceOfIntent(sandbox: Sandbox, intentId: string): Invoice | undefined {
  const payment = paymentBy(sandbox, intentId);
  return payment && sandbox.get(invoice, payment.invoice);
}

function changeInvoice(sandbox: Sandbox, row: Invoice, change: Partial<Invoice>): void {
  const before = structuredClone(row);
  Object.assign(row, change);
  sandbox.emit('invoice.updated', row, before);
}

/** Closes an invoice as paid, told as `invoice.paid`. */
function markPaid(sandbox: Sandbox, row: Invoice, payment?: InvoicePayment): void {
  const now = sandbox.now();
  if (payment) Object.assign(payment, { amount_paid: row.amount_due, status: 'paid', status_transitions: { canceled_at: null, paid_at: now } } satisfies Partial<InvoicePayment>);
  changeInvoice(sandbox, row, {
    status: 'paid',
    amount_paid: row.amount_due,
    amount_remaining: 0,
    attempted: true,
    next_payment_attempt: null,
    status_transitions: { ...row.status_transitions, paid_at: now },
  });
  if (payment) sandbox.emit('invoice_payment.paid', payment);
  sandbox.emit('invoice.paid', row);
  sandbox.emit('invoice.payment_succeeded', row);
}

/**
 * Makes a draft payable: it gets its number, and a payment intent unless one that was made before pays it. Nothing to
 * pay is paid at once.
 */
export function finalizeInvoice(sandbox: Sandbox, row: Invoice, paidBy?: Stripe.PaymentIntent): void {
  const now = sandbox.now();
  const before = structuredClone(row);
  Object.assign(row, { status: 'open', number: numberFor(sandbox, row), effective_at: now, ending_balance: 0, status_transitions: { ...row.status_transitions, finalized_at: now } } satisfies Partial<Invoice>);
  if (row.amount_due > 0) {
    const description = row.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update';
    const intent = paidBy ?? createPaymentIntent(sandbox, { amount: row.amount_due, currency: row.currency, customer: row.customer, description, setup_future_usage: 'off_session' });
    linkPayment(sandbox, row, intent.id);
  }
  sandbox.emit('invoice.finalized', row, before);
  if (row.amount_due === 0) markPaid(sandbox, row);
  else if (paidBy?.status === 'succeeded') markPaid(sandbox, row, paymentsOf(sandbox, row)[0]);
}

/** The method that an invoice is charged to unless told otherwise: its own, its subscription's, its customer's. */
export function defaultMethodOf(sandbox: Sandbox, row: Invoice): string | undefined {
  const subscription = sandbox.find(subscriptionOf(row)) as Stripe.Subscription | undefined;
  const payer = customerOf(sandbox, row.customer);
  return [row.default_payment_method, subscription?.default_payment_method, payer.invoice_settings.default_payment_method].find((method): method is string => typeof method === 'string');
}

/** Charges an open invoice. What came of it is in the invoice; throws the card's `Refusal` too. */
export function payInvoice(sandbox: Sandbox, row: Invoice, { method, offSession }: { method: string; offSession: boolean }): void {
  const payment = paymentsOf(sandbox, row)[0];
  if (!payment) throw new Error(`The invoice ${row.id} has no payment intent.`);
  const intent = sandbox.get(paymentIntent, payment.payment.payment_intent);
  changeInvoice(sandbox, row, { attempt_count: row.attempt_count + 1, attempted: true });
  confirmPaymentIntent(sandbox, intent, { payment_method: method, off_session: offSession, use_stripe_sdk: true }, 'secret');
}

/** Charges as the seller would unasked. A refusal is told by events only, as is the want of a method. */
export function collectInvoice(sandbox: Sandbox, row: Invoice): void {
  const method = defaultMethodOf(sandbox, row);
  if (!method) {
    changeInvoice(sandbox, row, { attempt_count: row.attempt_count + 1, attempted: true });
    return noteFailure(sandbox, row);
  }
  try {
    payInvoice(sandbox, row, { method, offSession: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The refusal of a card was told by the payment intent's own event.
    if (error.body.type !== 'card_error') noteFailure(sandbox, row);
  }
}

function noteFailure(sandbox: Sandbox, row: Invoice): void {
  const wait = row.billing_reason === 'subscription_create' ? undefined : retryAfterDays[row.attempt_count - 1];
  const next = wait === undefined ? null : sandbox.now() + wait * day;
  changeInvoice(sandbox, row, { next_payment_attempt: next });
  sandbox.schedule.remove('invoice.retry', row.id);
  if (next !== null) sandbox.later('invoice.retry', row.id, (wait ?? 0) * day * 1000);
  sandbox.emit('invoice.payment_failed', row);
}

/** A payment intent has succeeded, at once, after a challenge or when a bank debit arrived. */
export function onPaid(sandbox: Sandbox, intent: Stripe.PaymentIntent): void {
  const row = invoiceOfIntent(sandbox, intent.id);
  if (row && row.status !== 'paid') markPaid(sandbox, row, paymentBy(sandbox, intent.id));
}

export function onRefused(sandbox: Sandbox, intent: Stripe.PaymentIntent): void {
  const row = invoiceOfIntent(sandbox, intent.id);
  if (row?.status === 'open') noteFailure(sandbox, row);
}

export function onChallenge(sandbox: Sandbox, intent: Stripe.PaymentIntent): void {
  const row = invoiceOfIntent(sandbox, intent.id);
  if (row?.status === 'open') sandbox.emit('invoice.payment_action_required', row);
}

/** The time of another attempt has come. */
export function retryInvoice(sandbox: Sandbox, id: string): void {
  const row = sandbox.rows(invoice).get(id);
  if (row?.status === 'open') collectInvoice(sandbox, row);
}

/** Gives an invoice up: nothing more is asked for it. */
export function closeInvoice(sandbox: Sandbox, row: Invoice, status: 'void' | 'uncollectible'): void {
  const now = sandbox.now();
  const transitions = status === 'void' ? { voided_at: now } : { marked_uncollectible_at: now };
  changeInvoice(sandbox, row, { status, next_payment_attempt: null, status_transitions: { ...row.status_transitions, ...transitions } });
  sandbox.schedule.remove('invoice.retry', row.id);
  sandbox.emit(status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible', row);
}
