import type Stripe from 'stripe';
import { deliverInOrder, standInControls, type Delivered, type StandInControls } from '../server/controls';
import { debitFailures, type DebitFailureName } from './declines';
import { event, webhookEndpoint } from './events';
import { charge } from './objects/charge';
import { openChallenge } from './objects/confirmation';
import { closeDispute, dispute, openDispute, overturnDispute } from './objects/dispute';
import { settlePayment } from './objects/payment-attempt';
import { paymentIntent } from './objects/payment-intent';
import { failRefund, refund, settleRefund } from './objects/refund';
import { setupIntent } from './objects/setup-intent';
import { finishChallenge } from './resources/challenges';
import type { Sandbox } from './sandbox';

/** What tests and developers may do to the sandbox that nobody can do to Stripe. */
export interface StripeControls extends StandInControls {
  webhooks: StandInControls['webhooks'] & {
    /** Where events go from now on, instead of the address configured at the start. */
    configure(webhook: { url: string; secret: string }): void;
    /** Sends an event to every endpoint, whether it went there before or not. */
    resend(eventId: string): Promise<Delivered[]>;
  };
  payments: {
    /** The customer passes or fails the open challenge of a payment or setup intent. */
    finishChallenge(intentId: string, outcome: 'complete' | 'fail'): void;
    /** The bank answers a debit that is processing: by the test account's number, unless told to succeed or why it fails. */
    settle(paymentIntentId: string, outcome?: 'succeed' | DebitFailureName): void;
  };
  refunds: {
    /** Ends a refund that is pending, or that fails later. */
    settle(refundId: string): void;
    /** The refund comes back. */
    fail(refundId: string): void;
  };
  disputes: {
    /** The customer's bank disputes a charge; gives the dispute's id. An inquiry takes no money. */
    open(chargeId: string, reason?: string, options?: { inquiry?: boolean; amount?: number }): string;
    close(disputeId: string, result: 'won' | 'lost'): void;
    /** What was decided is decided otherwise. */
    overturn(disputeId: string): void;
  };
  events(): Stripe.Event[];
}

/** The controls of a sandbox. */
export function stripeControls(sandbox: Sandbox): StripeControls {
  const shared = standInControls(sandbox);
  return {
    ...shared,
    webhooks: {
      ...shared.webhooks,
      configure: (webhook) => sandbox.act(() => sandbox.configureWebhook(webhook)),
      resend(eventId) {
        const made = sandbox.get(event, eventId);
        const endpoints = sandbox.rows(webhookEndpoint).all();
        return deliverInOrder(sandbox, endpoints.map((endpoint) => sandbox.deliveryOf(made, endpoint)));
      },
    },
    payments: {
      finishChallenge(intentId, outcome) {
        const intent = intentId.startsWith('seti_') ? sandbox.get(setupIntent, intentId) : sandbox.get(paymentIntent, intentId);
        if (!openChallenge(sandbox, intentId)) throw new Error(`${intentId} waits for no challenge: it is ${intent.status}.`);
        sandbox.act(() => finishChallenge(sandbox, intent, outcome === 'complete'));
      },
      settle(paymentIntentId, outcome) {
        const told = outcome === undefined || outcome === 'succeed' ? outcome : debitFailures[outcome];
        sandbox.act(() => settlePayment(sandbox, sandbox.get(paymentIntent, paymentIntentId), told));
      },
    },
    refunds: {
      settle: (id) => sandbox.act(() => settleRefund(sandbox, sandbox.get(refund, id).id)),
      fail: (id) => sandbox.act(() => failRefund(sandbox, sandbox.get(refund, id))),
    },
    disputes: {
      open: (chargeId, reason = 'fraudulent', options) => sandbox.act(() => openDispute(sandbox, sandbox.get(charge, chargeId), reason, options).id),
      close: (id, result) => sandbox.act(() => void closeDispute(sandbox, sandbox.get(dispute, id), result)),
      overturn: (id) => sandbox.act(() => overturnDispute(sandbox, sandbox.get(dispute, id))),
    },
    events: () => sandbox.rows(event).all(),
  };
}
