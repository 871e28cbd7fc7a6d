import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { cancelCharge, charge, readCharge } from './charges';
import { createCheckout, expireCheckout, readCheckout } from './checkouts';
import { stripeClient, type StripeGatewaySettings } from './client';
import { createCustomer } from './customers';
import { acceptDispute, answerDispute, disputeEvidence } from './dispute-answers';
import { readDispute } from './disputes';
import { readEvent } from './events';
import { readMethod, removeMethod } from './methods';
import { listMovements } from './movements';
import { pageOrigins } from './page-origins';
import { readRefund, refund } from './refunds';
import { beginSetup, readSetup } from './setups';
import { managedSubscriptions } from './subscriptions';

/** Stripe, or the local sandbox that speaks its API, behind the port. */
export function stripeGateway(settings: StripeGatewaySettings): PaymentGateway {
  const { publishableKey, webhookSecret, apiBase } = settings;
  const stripe = stripeClient(settings);
  return {
    name: 'stripe',
    title: 'Stripe',
    capabilities: { offSession: true, slowSettlement: true, setupInPage: true, checkout: ['payment', 'setup', 'subscription'], partialRefunds: true, currencies: null, disputeEvidence },
    // The sandbox brings its own stand-in for Stripe's script.
    publicSettings: { publishableKey, ...(apiBase && { script: new URL('/stripe.js', apiBase).href }) },
    pageOrigins: pageOrigins(apiBase),
    standIn: apiBase !== undefined,
    createCustomer: (customer) => createCustomer(stripe, customer),
    beginSetup: (setup) => beginSetup(stripe, setup),
    readSetup: (reference) => readSetup(stripe, reference),
    readMethod: (reference) => readMethod(stripe, reference),
    removeMethod: (removal) => removeMethod(stripe, removal),
    charge: (asked) => charge(stripe, asked),
    readCharge: (reference) => readCharge(stripe, reference),
    cancelCharge: (cancellation) => cancelCharge(stripe, cancellation),
    createCheckout: (checkout) => createCheckout(stripe, checkout),
    readCheckout: (reference) => readCheckout(stripe, reference),
    expireCheckout: (cancellation) => expireCheckout(stripe, cancellation),
    refund: (asked) => refund(stripe, asked),
    readRefund: (reference) => readRefund(stripe, reference),
    readDispute: (reference) => readDispute(stripe, reference),
    answerDispute: (answer) => answerDispute(stripe, answer),
    acceptDispute: (acceptance) => acceptDispute(stripe, acceptance),
    listMovements: (window) => listMovements(stripe, window),
    readEvent: async (delivery) => readEvent(stripe, webhookSecret, delivery),
    managedSubscriptions: managedSubscriptions(stripe),
  };
}
