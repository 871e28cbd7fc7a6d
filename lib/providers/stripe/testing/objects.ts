import type Stripe from 'stripe';

/** Stripe's objects as its API of the pinned version gives them, for tests of what is read out of them. */

const created = 1_767_225_600;

export function paymentIntent(change: Partial<Stripe.PaymentIntent> = {}): Stripe.PaymentIntent {
  return {
    id: 'pi_1',
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: 2999,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: 'pi_1_secret_demo',
    confirmation_method: 'automatic',
    created,
    currency: 'usd',
    customer: 'cus_1',
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { account: 'acc_1', attempt: 'att_1' },
    next_action: null,
    on_behalf_of: null,
    payment_method: 'pm_1',
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_group: null,
    ...change,
  } satisfies Stripe.PaymentIntent;
}

export function setupIntent(change: Partial<Stripe.SetupIntent> = {}): Stripe.SetupIntent {
  return {
    id: 'seti_1',
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    cancellation_reason: null,
    client_secret: 'seti_1_secret_demo',
    created,
    customer: 'cus_1',
    description: null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: { account: 'acc_1', setup: 'setup_1' },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
    ...change,
  } satisfies Stripe.SetupIntent;
}

export function balanceTransaction(change: Partial<Stripe.BalanceTransaction> = {}): Stripe.BalanceTransaction {
  return {
    id: 'txn_1',
    object: 'balance_transaction',
    amount: 2999,
    available_on: created,
    balance_type: 'payments',
    created,
    currency: 'usd',
    description: null,
    exchange_rate: null,
    fee: 117,
    fee_details: [],
    net: 2882,
    reporting_category: 'charge',
    source: null,
    status: 'available',
    type: 'charge',
    ...change,
  } satisfies Stripe.BalanceTransaction;
}

export function refundObject(change: Partial<Stripe.Refund> = {}): Stripe.Refund {
  return {
    id: 're_1',
    object: 'refund',
    amount: 500,
    balance_transaction: null,
    charge: 'ch_1',
    created,
    currency: 'usd',
    customer: 'cus_1',
    customer_account: null,
    metadata: { account: 'acc_1', refund: 'ref_1' },
    payment_intent: 'pi_1',
    payment_method: 'pm_1',
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
    ...change,
  } satisfies Stripe.Refund;
}

const evidence: Stripe.Dispute.Evidence = {
  access_activity_log: null, billing_address: null, cancellation_policy: null, cancellation_policy_disclosure: null, cancellation_rebuttal: null, customer_communication: null,
  customer_email_address: null, customer_name: null, customer_purchase_ip: null, customer_signature: null, duplicate_charge_documentation: null, duplicate_charge_explanation: null,
  duplicate_charge_id: null, enhanced_evidence: {}, product_description: null, receipt: null, refund_policy: null, refund_policy_disclosure: null, refund_refusal_explanation: null,
  service_date: null, service_documentation: null, shipping_address: null, shipping_carrier: null, shipping_date: null, shipping_documentation: null, shipping_tracking_number: null,
  uncategorized_file: null, uncategorized_text: null,
};

export function disputeObject(change: Partial<Stripe.Dispute> = {}): Stripe.Dispute {
  return {
    id: 'du_1',
    object: 'dispute',
    amount: 2999,
    balance_transactions: [],
    charge: 'ch_1',
    created,
    currency: 'usd',
    enhanced_eligibility_types: [],
    evidence,
    evidence_details: { due_by: created + 604_800, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'not_submitted' },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: 'pi_1',
    reason: 'fraudulent',
    status: 'needs_response',
    ...change,
  } satisfies Stripe.Dispute;
}
