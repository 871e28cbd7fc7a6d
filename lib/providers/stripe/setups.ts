import type Stripe from 'stripe';
import type { NewSetup, Setup } from '@/lib/billing/payments/gateway/methods';
import { declineOf } from './declines';
import { asking } from './failures';
import { methodOf, readMethod } from './methods';
import { writeOnce } from './write-once';

/**
 * Begins a setup that the page finishes. Methods that lead the browser away are left out. One that Stripe made and nobody
 * heard of stores nothing, so that another is begun without looking for it.
 */
export async function beginSetup(stripe: Stripe, { idempotencyKey, customer, setupId, accountId }: NewSetup): Promise<Setup> {
  const intent = await writeOnce({
    key: idempotencyKey,
    operation: 'setup',
    send: (options) =>
      stripe.setupIntents.create(
        { customer, usage: 'off_session', automatic_payment_methods: { enabled: true, allow_redirects: 'never' }, metadata: { account: accountId, setup: setupId } },
        options,
      ),
  });
  return setupOf(stripe, intent);
}

export async function readSetup(stripe: Stripe, reference: string): Promise<Setup> {
  return setupOf(stripe, await asking(() => stripe.setupIntents.retrieve(reference, { expand: ['payment_method'] })));
}

/** The setup in the port's words; asks Stripe for the stored method where the intent only names it. */
export async function setupOf(stripe: Stripe, intent: Stripe.SetupIntent): Promise<Setup> {
  const method = intent.status === 'succeeded' ? intent.payment_method : null;
  return { ...progressOf(intent), method: typeof method === 'string' ? await readMethod(stripe, method) : method && methodOf(method) };
}

/**
 * How far the setup is. One that failed stays open, as the browser may go on with another card; why it failed is told
 * beside it. Pure.
 */
export function progressOf(intent: Stripe.SetupIntent): Omit<Setup, 'method'> {
  const outcome = outcomes[intent.status] ?? 'open';
  const canGoOn = outcome === 'open' || outcome === 'requires_action';
  const failure = canGoOn ? intent.last_setup_error : null;
  return {
    reference: intent.id,
    setupId: intent.metadata?.setup ?? null,
    outcome,
    clientSecret: canGoOn ? intent.client_secret : null,
    failureCode: failure ? declineOf(failure).code : null,
  };
}

const outcomes: Partial<Record<Stripe.SetupIntent.Status, Setup['outcome']>> = {
  requires_payment_method: 'open',
  requires_confirmation: 'open',
  requires_action: 'requires_action',
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'canceled',
};
