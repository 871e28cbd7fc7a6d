import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { CheckoutSession } from '../../payments/checkout/checkout';
import { readCheckout } from '../../payments/checkout/store';
import { gatewayNamed } from '../../payments/configured-gateway';
import type { GatewayCharge } from '../../payments/gateway/charges';
import type { Checkout } from '../../payments/gateway/checkouts';
import { GatewayRefusal } from '../../payments/gateway/failures';
import type { PaymentGateway } from '../../payments/gateway/gateway';
import type { GatewayMethod } from '../../payments/gateway/methods';
import { byGateway } from '../collect-payment/refresh-attempt';
import { readManaged, type ToldManaged } from '../managed/read-managed';
import { openPage } from './open-page';
import { recordCheckout } from './record-checkout';

/** A session with where the browser goes while it is open. */
export interface CheckoutStanding {
  session: CheckoutSession;
  url: string | null;
}

/**
 * Asks the gateway what became of its page and records it: for the page that the customer comes back to, for a notice of the
 * gateway and for the job. Call it outside a transaction. Throws `not_found`, `payments_unavailable` and what the gateway throws.
 */
export function refreshCheckout(context: Context, id: string): Promise<CheckoutStanding> {
  return ask(context, id, (gateway, reference) => gateway.readCheckout(reference));
}

/** Has the gateway close its page, so that nothing is paid on it any more. Answers what became of it: it may have been finished meanwhile. */
export function expireCheckout(context: Context, id: string): Promise<CheckoutStanding> {
  return ask(context, id, (gateway, reference) => gateway.expireCheckout({ idempotencyKey: `${id}:expire`, reference }));
}

async function ask(context: Context, id: string, question: (gateway: PaymentGateway, reference: string) => Promise<Checkout>): Promise<CheckoutStanding> {
  const session = found(await readCheckout(database(), context.accountId, id), 'checkout session');
  if (session.status === 'completed') return { session, url: null };
  const gateway = gatewayNamed(session.gateway);
  // The gateway's answer to the creation was lost: asked again with the same key, it is the same page.
  const reference = session.reference ?? (await openPage(context, session)).reference;
  const told = await question(gateway, reference);
  const managed = told.state === 'complete' && told.subscription !== null ? await readManaged(gateway, told.subscription) : null;
  const method = session.keepMethod ? await methodOf(gateway, told.charge, managed) : null;
  return { session: await recordCheckout(byGateway(context), id, told, { method, managed }), url: told.url };
}

/** What was paid with on the page; null where the gateway does not store it. */
async function methodOf(gateway: PaymentGateway, told: GatewayCharge | null, managed: ToldManaged | null): Promise<GatewayMethod | null> {
  const charge = told ?? (await firstCharge(gateway, managed));
  return charge?.paymentMethod && charge.result.outcome === 'succeeded' ? gateway.readMethod(charge.paymentMethod) : null;
}

/** What was charged first for a subscription; null where the gateway tells such charges only with the subscription. */
async function firstCharge(gateway: PaymentGateway, managed: ToldManaged | null): Promise<GatewayCharge | null> {
  const reference = managed?.told.payments[0]?.charge ?? null;
  if (reference === null) return null;
  try {
    return await gateway.readCharge(reference);
  } catch (error) {
    if (error instanceof GatewayRefusal) return null;
    throw error;
  }
}
