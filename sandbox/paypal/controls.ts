import { deliverInOrder, standInControls, type Delivered, type StandInControls } from '../server/controls';
import { expireTokens } from './access-tokens';
import { approvalOf } from './approvals';
import type { BuyerName, PaymentOutcome } from './buyers';
import { eventView, events, webhooks, type WebhookEvent } from './events';
import { settleCapture, type Capture } from './objects/capture';
import { closeDispute, escalateDispute, openDispute, overturnDispute, type Dispute, type DisputeReason, type DisputeStage } from './objects/dispute';
import { orderOf, voidOrder } from './objects/order';
import type { PaymentToken } from './objects/payment-token';
import { settleRefund, type Refund } from './objects/refund';
import type { Subscription } from './objects/subscription';
import type { Sandbox } from './sandbox';

/** What tests and developers may do to the sandbox that nobody can do to PayPal. */
export interface PayPalControls extends StandInControls {
  webhooks: StandInControls['webhooks'] & {
    /** Where events go from now on, instead of the address configured at the start. */
    configure(webhook: { url: string; id: string }): void;
    /** Sends an event to every webhook, whether it went there before or not. */
    resend(eventId: string): Promise<Delivered[]>;
  };
  /** Access tokens that were given live no longer. */
  expireTokens(): void;
  approvals: {
    /** A buyer agrees to an order, a setup token or a subscription, as on the approval page. */
    approve(token: string, buyer?: BuyerName): void;
  };
  orders: {
    void(orderId: string): void;
  };
  captures: {
    /** Ends the review of a payment that is pending: by its buyer, unless told. */
    settle(captureId: string, outcome?: 'completes' | 'denied'): void;
  };
  methods: {
    /** What becomes of the next charges to a stored method. */
    set(paymentTokenId: string, charges: PaymentOutcome): void;
  };
  refunds: {
    /** Ends a refund that is pending. */
    settle(refundId: string, outcome?: 'completes' | 'fails'): void;
  };
  subscriptions: {
    /** What becomes of the next payments of a subscription. */
    set(subscriptionId: string, charges: 'completes' | 'declined'): void;
  };
  disputes: {
    /** A buyer disputes a capture; gives the dispute's id. A chargeback unless told: it takes the money at once, an inquiry does not. */
    open(captureId: string, options?: { reason?: DisputeReason; stage?: DisputeStage; amountMinor?: bigint }): string;
    /** The buyer takes an inquiry further. */
    escalate(disputeId: string): void;
    close(disputeId: string, result: 'won' | 'lost'): void;
    /** What was decided of a chargeback is decided otherwise. */
    overturn(disputeId: string): void;
  };
  events(): ReturnType<typeof eventView>[];
}

/** The controls of a sandbox. */
export function paypalControls(sandbox: Sandbox): PayPalControls {
  const shared = standInControls(sandbox);
  return {
    ...shared,
    webhooks: {
      ...shared.webhooks,
      configure: (webhook) => sandbox.act(() => sandbox.configureWebhook(webhook)),
      resend(eventId) {
        const made = sandbox.get<WebhookEvent>('webhook_event', eventId);
        return deliverInOrder(sandbox, webhooks(sandbox).all().map((webhook) => sandbox.deliveryOf(made, webhook)));
      },
    },
    expireTokens: () => sandbox.act(() => expireTokens(sandbox)),
    approvals: {
      approve(token, buyer = 'pays') {
        const approval = approvalOf(sandbox, token);
        if (!approval) throw new Error(`Nothing waits for approval by ${token}.`);
        sandbox.act(() => approval.agree(buyer));
      },
    },
    orders: { void: (id) => sandbox.act(() => voidOrder(sandbox, orderOf(sandbox, id))) },
    captures: { settle: (id, outcome) => sandbox.act(() => settleCapture(sandbox, sandbox.get<Capture>('capture', id), outcome)) },
    methods: { set: (id, charges) => sandbox.act(() => void Object.assign(sandbox.get<PaymentToken>('payment_token', id), { charges })) },
    refunds: { settle: (id, outcome) => sandbox.act(() => settleRefund(sandbox, sandbox.get<Refund>('refund', id), outcome)) },
    subscriptions: { set: (id, charges) => sandbox.act(() => void Object.assign(sandbox.get<Subscription>('subscription', id), { charges })) },
    disputes: {
      open: (captureId, { reason = 'UNAUTHORISED', stage = 'CHARGEBACK', amountMinor } = {}) =>
        sandbox.act(() => openDispute(sandbox, sandbox.get<Capture>('capture', captureId), { reason, stage, amount: amountMinor ?? null }).id),
      escalate: (id) => sandbox.act(() => escalateDispute(sandbox, sandbox.get<Dispute>('dispute', id))),
      close: (id, result) => sandbox.act(() => closeDispute(sandbox, sandbox.get<Dispute>('dispute', id), result === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR')),
      overturn: (id) => sandbox.act(() => overturnDispute(sandbox, sandbox.get<Dispute>('dispute', id))),
    },
    events: () => events(sandbox).all().map((event) => eventView(sandbox, event)),
  };
}
