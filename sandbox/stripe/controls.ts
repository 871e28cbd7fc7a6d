import type Stripe from 'stripe';
import type { Delivery, DeliverySettings } from '../server/deliveries';
import type { Fault } from '../server/faults';
import type { LoggedRequest } from '../server/request-log';
import { debitFailures, type DebitFailureName } from './declines';
import { event, webhookEndpoint } from './events';
import { charge } from './objects/charge';
import { openChallenge } from './objects/confirmation';
import { closeDispute, dispute, openDispute } from './objects/dispute';
import { settlePayment } from './objects/payment-attempt';
import { paymentIntent } from './objects/payment-intent';
import { failRefund, refund, settleRefund } from './objects/refund';
import { setupIntent } from './objects/setup-intent';
import { finishChallenge } from './resources/challenges';
import type { Sandbox } from './sandbox';

/** How one delivery went: the status of the answer, 0 for none. */
export interface Delivered {
  eventId: string;
  status: number;
}

/** What tests and developers may do to the sandbox that nobody can do to Stripe. */
export interface StripeControls {
  faults: {
    add(fault: Fault): void;
    waiting(): Fault[];
    clear(): void;
  };
  clock: {
    now(): Date;
    /** Sets the time, forward only; what is due on the way happens. Null makes it real again. */
    move(now: Date | null): void;
  };
  webhooks: {
    /** Changes how deliveries leave from now on. */
    set(settings: Partial<DeliverySettings>): void;
    /** Where events go from now on, instead of the address configured at the start. */
    configure(webhook: { url: string; secret: string }): void;
    pending(): Delivery[];
    /** Sends pending deliveries now, one after another: all, or those of these events in this order. */
    deliver(eventIds?: readonly string[]): Promise<Delivered[]>;
    /** Sends an event to every endpoint, whether it went there before or not. */
    resend(eventId: string): Promise<Delivered[]>;
    /** Resolves when nothing is under way or waits for its moment. */
    settled(): Promise<void>;
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
  };
  events(): Stripe.Event[];
  /** The requests of the API so far, oldest first, a thousand at most. */
  requests(): readonly LoggedRequest[];
  /** How many rows each table has. */
  state(): Record<string, number>;
  /** Forgets everything but the configured webhook. */
  reset(): void;
}

const byEvent = (deliveries: readonly Delivery[], statuses: readonly number[]): Delivered[] =>
  deliveries.map(({ eventId }, index) => ({ eventId, status: statuses[index]! }));

/** The controls of a sandbox. */
export function stripeControls(sandbox: Sandbox): StripeControls {
  const { faults, deliveries, clock } = sandbox;
  return {
    faults: { add: (fault) => faults.add(fault), waiting: () => faults.waiting(), clear: () => faults.clear() },
    clock: {
      now: () => new Date(clock.now()),
      move(now) {
        if (now === null) {
          clock.set(null);
          return sandbox.schedule.wake();
        }
        if (clock.standing !== null && now.getTime() < clock.standing) throw new Error('The clock moves forward only.');
        sandbox.schedule.moveTo(now.getTime());
      },
    },
    webhooks: {
      set: (settings) => Object.assign(deliveries.settings, settings),
      configure: (webhook) => sandbox.configureWebhook(webhook),
      pending: () => deliveries.pending(),
      async deliver(eventIds) {
        const pending = deliveries.pending();
        const chosen = eventIds ? eventIds.flatMap((id) => pending.filter((delivery) => delivery.eventId === id)) : pending;
        return byEvent(chosen, await deliveries.attemptInOrder(chosen));
      },
      async resend(eventId) {
        const made = sandbox.get(event, eventId);
        const sent = sandbox.rows(webhookEndpoint).all().map((endpoint) => sandbox.deliveryOf(made, endpoint));
        return byEvent(sent, await deliveries.attemptInOrder(sent));
      },
      settled: () => deliveries.settled(),
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
    },
    events: () => sandbox.rows(event).all(),
    requests: () => sandbox.requests.all(),
    state: () => sandbox.tables.counts(),
    reset: () => sandbox.reset(),
  };
}
