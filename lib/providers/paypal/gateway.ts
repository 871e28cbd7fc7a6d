import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { currencies } from './amounts';
import { cancelCharge, charge, readCharge } from './charges';
import { createCheckout, expireCheckout, readCheckout } from './checkouts';
import { paypalClient, type PayPalGatewaySettings } from './client';
import { createCustomer } from './customers';
import { acceptDispute, answerDispute, disputeEvidence } from './dispute-answers';
import { readDispute } from './disputes';
import { readEvent } from './events';
import { readMethod, removeMethod } from './methods';
import { listMovements } from './movements';
import { readRefund, refund } from './refunds';
import { readSetup } from './setups';
import { SigningCertificates } from './signing-certificates';
import { managedSubscriptions } from './subscriptions';

/** PayPal, or the local sandbox that speaks its API, behind the port. */
export function paypalGateway(settings: PayPalGatewaySettings): PaymentGateway {
  const { webhookId, apiBase, verifyOnline = false } = settings;
  const paypal = paypalClient(settings);
  const certificates = new SigningCertificates(apiBase);
  return {
    name: 'paypal',
    title: 'PayPal',
    capabilities: { offSession: true, slowSettlement: true, setupInPage: false, checkout: ['payment', 'setup', 'subscription'], partialRefunds: true, currencies, disputeEvidence },
    // Everything happens on PayPal's own pages: our page loads nothing of PayPal's.
    publicSettings: {},
    pageOrigins: { scripts: [], connections: [], frames: [] },
    standIn: apiBase !== undefined,
    createCustomer,
    beginSetup: () => Promise.reject(new GatewayRefusal('Methods are stored on PayPal’s page, by a checkout.', 'refused')),
    readSetup: (reference) => readSetup(paypal, reference),
    readMethod: (reference) => readMethod(paypal, reference),
    removeMethod: (removal) => removeMethod(paypal, removal),
    charge: (asked) => charge(paypal, asked),
    readCharge: (reference) => readCharge(paypal, reference),
    cancelCharge: (cancellation) => cancelCharge(paypal, cancellation),
    createCheckout: (checkout) => createCheckout(paypal, checkout),
    readCheckout: (reference) => readCheckout(paypal, reference),
    expireCheckout: (cancellation) => expireCheckout(paypal, cancellation),
    refund: (asked) => refund(paypal, asked),
    readRefund: (reference) => readRefund(paypal, reference),
    readDispute: (reference) => readDispute(paypal, reference),
    answerDispute: (answer) => answerDispute(paypal, answer),
    acceptDispute: (acceptance) => acceptDispute(paypal, acceptance),
    listMovements: (window) => listMovements(paypal, window),
    readEvent: (delivery) => readEvent({ paypal, certificates, webhookId, verifyOnline }, delivery),
    managedSubscriptions: managedSubscriptions(paypal),
  };
}
