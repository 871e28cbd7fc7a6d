import type Stripe from 'stripe';
import { newId, randomText } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { customerOf } from './customer';

/** As it is sent: decimals are text there. */
export type InvoiceLine = Omit<Stripe.InvoiceLineItem, 'quantity_decimal' | 'pricing'> & {
  quantity: number;
  quantity_decimal: string;
  pricing: { type: 'price_details'; price_details: { price: string; product: string }; unit_amount_decimal: string | null };
};

export type Invoice = Omit<Stripe.Invoice, 'lines' | 'customer' | 'status' | 'deleted'> & {
  customer: string;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  lines: { object: 'list'; data: InvoiceLine[]; has_more: boolean; url: string };
};

/** What of an invoice was asked of a payment intent. */
export type InvoicePayment = Stripe.InvoicePayment & { invoice: string; payment: { type: 'payment_intent'; payment_intent: string } };

export const invoicePayment = kind<InvoicePayment>({ object: 'invoice_payment', prefix: 'inpay', expandable: { invoice: 'invoice', 'payment.payment_intent': 'payment_intent' } });

export const invoice = kind<Invoice>({
  object: 'invoice',
  prefix: 'in',
  expandable: {
    customer: 'customer',
    default_payment_method: 'payment_method',
    'parent.subscription_details.subscription': 'subscription',
    'lines.data.pricing.price_details.price': 'price',
  },
  included: {
    confirmation_secret: { object: 'confirmation_secret', make: (row, sandbox) => confirmationSecret(sandbox, row) },
    payments: { object: 'invoice_payment', make: (row, sandbox) => ({ object: 'list', data: paymentsOf(sandbox, row), has_more: false, url: `/v1/invoice_payments` }) },
  },
});

/** Newest first. */
export function paymentsOf(sandbox: Sandbox, { id }: Invoice): InvoicePayment[] {
  return sandbox.rows(invoicePayment).where((one) => one.invoice === id).reverse();
}

/** With what a browser may confirm the payment of an invoice that is open. */
function confirmationSecret(sandbox: Sandbox, row: Invoice): Stripe.Invoice.ConfirmationSecret | null {
  const intentId = row.status === 'open' ? paymentsOf(sandbox, row)[0]?.payment.payment_intent : undefined;
  const intent = intentId ? (sandbox.find(intentId) as Stripe.PaymentIntent | undefined) : undefined;
  return intent?.client_secret ? { client_secret: intent.client_secret, type: 'payment_intent' } : null;
}

export interface InvoiceDetails {
  customer: string;
  subscription: { id: string; metadata: Stripe.Metadata; default_payment_method: string | null };
  currency: string;
  lines: InvoiceLine[];
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  period: { start: number; end: number };
}

/** A draft with its sums, told as `invoice.created`. */
export function draftInvoice(sandbox: Sandbox, { customer, subscription, currency, lines, reason, period }: InvoiceDetails): Invoice {
  const payer = customerOf(sandbox, customer);
  const id = newId('in');
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const made = sandbox.insert(invoice, {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: sandbox.now(),
    currency,
    custom_fields: null,
    customer,
    customer_account: null,
    customer_address: payer.address ?? null,
    customer_email: payer.email,
    customer_name: payer.name ?? null,
    customer_phone: payer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: lines.map((line) => ({ ...line, invoice: id })), has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: { type: 'subscription_details', quote_details: null, subscription_details: { subscription: subscription.id, metadata: { ...subscription.metadata } } },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  } satisfies Invoice);
  sandbox.emit('invoice.created', made);
  return made;
}

/** Notes which payment intent the invoice is paid by. */
export function linkPayment(sandbox: Sandbox, row: Invoice, intentId: string): InvoicePayment {
  return sandbox.insert(invoicePayment, {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: row.amount_due,
    created: sandbox.now(),
    currency: row.currency,
    invoice: row.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intentId },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  } satisfies InvoicePayment);
}

/** `ABCDEFGH-0001`: numbers count by customer, without gaps. */
export function numberFor(sandbox: Sandbox, row: Invoice): string {
  const payer = customerOf(sandbox, row.customer);
  const sequence = payer.next_invoice_sequence ?? 1;
  payer.next_invoice_sequence = sequence + 1;
  return `${payer.invoice_prefix ?? randomText(8).toUpperCase()}-${String(sequence).padStart(4, '0')}`;
}
