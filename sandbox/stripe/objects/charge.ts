import type Stripe from 'stripe';
import { cardFee, debitFee } from '../amounts';
import type { Failure } from '../declines';
import { newId } from '../ids';
import { listOf } from '../lists';
import type { Instrument } from '../payment-method-input';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { book } from './balance-transaction';

export const charge = kind<Stripe.Charge>({
  object: 'charge',
  prefix: 'ch',
  otherPrefixes: ['py'],
  expandable: {
    customer: 'customer',
    balance_transaction: 'balance_transaction',
    failure_balance_transaction: 'balance_transaction',
    payment_intent: 'payment_intent',
    'payment_method_details.us_bank_account.mandate': 'mandate',
  },
  included: {
    refunds: {
      object: 'refund',
      make: (one, sandbox) => listOf(`/v1/charges/${one.id}/refunds`, sandbox.tables.of<Stripe.Refund>('refund').where((refund) => refund.charge === one.id), {}),
    },
  },
});

export interface ChargeOptions {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  instrument: Instrument;
  /** `authorised` waits for a capture, `pending` for the bank. */
  outcome: 'paid' | 'authorised' | 'pending' | Failure;
  /** Whether the customer passed 3D Secure for it. */
  authenticated: boolean;
}

function outcomeOf(instrument: Instrument, failure: Failure | null): Stripe.Charge.Outcome {
  const risk = instrument.card?.riskLevel ?? 'normal';
  const plain = { advice_code: null, network_advice_code: null, risk_level: instrument.card ? risk : 'not_assessed', ...(instrument.card && { risk_score: risk === 'normal' ? 32 : risk === 'elevated' ? 66 : 92 }) };
  if (!failure) return { ...plain, network_decline_code: null, network_status: 'approved_by_network', reason: null, seller_message: 'Payment complete.', type: 'authorized' };
  if (risk === 'highest') {
    return { ...plain, network_decline_code: null, network_status: 'not_sent_to_network', reason: 'highest_risk_level', seller_message: 'Stripe blocked this payment as too risky.', type: 'blocked' };
  }
  return { ...plain, network_decline_code: failure.type === 'card_error' ? '05' : null, network_status: 'declined_by_network', reason: failure.decline_code ?? failure.code, seller_message: 'The bank did not return any further details with this decline.', type: 'issuer_declined' };
}

function cardDetails({ card }: Stripe.PaymentMethod, { intent, outcome, authenticated }: ChargeOptions): Stripe.Charge.PaymentMethodDetails.Card {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card!;
  return {
    amount_authorized: typeof outcome === 'string' ? intent.amount : null,
    authorization_code: typeof outcome === 'string' ? '123456' : null,
    brand,
    checks,
    country,
    electronic_commerce_indicator: authenticated ? '05' : null,
    exp_month,
    exp_year,
    fingerprint,
    funding,
    installments: null,
    issuer: null,
    last4,
    mandate: null,
    moto: null,
    network: brand,
    network_token: { used: false },
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: authenticated ? { authentication_flow: 'challenge', electronic_commerce_indicator: '05', exemption_indicator: null, result: 'authenticated', result_reason: null, transaction_id: null, version: '2.2.0' } : null,
    wallet: null,
  } as Stripe.Charge.PaymentMethodDetails.Card;
}

function detailsOf(options: ChargeOptions): Stripe.Charge.PaymentMethodDetails {
  const { method, instrument } = options;
  if (method.card) return { type: 'card', card: cardDetails(method, options) };
  const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = method.us_bank_account!;
  return {
    type: 'us_bank_account',
    us_bank_account: { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number, payment_reference: null, ...(instrument.mandate && { mandate: instrument.mandate }) },
  };
}

/** Books what a paid charge brings, after Stripe's fee. */
export function bookCharge(sandbox: Sandbox, one: Stripe.Charge, instrument: Instrument): void {
  const amount = one.amount_captured;
  const isCard = one.payment_method_details?.type === 'card';
  one.balance_transaction = book(sandbox, {
    type: isCard ? 'charge' : 'payment',
    reportingCategory: 'charge',
    amount,
    fee: isCard ? cardFee(amount) : debitFee(amount),
    currency: one.currency,
    source: one.id,
    description: one.description,
    availableNow: instrument.card?.bypassesPending,
  }).id;
}

const statusOf = (outcome: ChargeOptions['outcome']): Stripe.Charge.Status => (typeof outcome !== 'string' ? 'failed' : outcome === 'pending' ? 'pending' : 'succeeded');

/** Makes the charge of an attempt to pay an intent, books it where it is paid, and tells of it. */
export function createCharge(sandbox: Sandbox, options: ChargeOptions): Stripe.Charge {
  const { intent, method, instrument, outcome } = options;
  const failure = typeof outcome === 'string' ? null : outcome;
  const id = newId(method.card ? 'ch' : 'py');
  const made: Stripe.Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: outcome === 'paid' || outcome === 'pending' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured: outcome === 'paid' || outcome === 'pending',
    created: sandbox.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(instrument, failure),
    paid: outcome === 'paid' || outcome === 'authorised',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(options),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: statusOf(outcome),
    transfer_data: null,
    transfer_group: null,
  };
  sandbox.insert(charge, structuredClone(made));
  const one = sandbox.get(charge, id);
  if (outcome === 'paid') bookCharge(sandbox, one, instrument);
  sandbox.emit(failure ? 'charge.failed' : outcome === 'pending' ? 'charge.pending' : 'charge.succeeded', one);
  return one;
}
