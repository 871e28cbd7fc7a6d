import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import type { CheckoutSession } from '../../payments/checkout/checkout';
import { readCheckout, takeCheckoutRefresh } from '../../payments/checkout/store';
import { refreshCheckout } from './refresh-checkout';

/** Milliseconds for which an answer of the gateway is believed. */
const believedFor = 2_000;

/** How a checkout session stands, as its gateway says; one that does not answer changes nothing. Throws `not_found`. */
export async function readCheckoutStanding(context: Context, id: string): Promise<CheckoutSession> {
  const session = found(await readCheckout(database(), context.accountId, id), 'checkout session');
  const now = context.clock.now();
  if (session.status !== 'in_progress' || !(await takeCheckoutRefresh(database(), id, { now, since: new Date(now.getTime() - believedFor) }))) return session;
  try {
    return (await refreshCheckout(context, id)).session;
  } catch (error) {
    log('payments').warn({ err: error, checkout: id }, 'what became of a checkout could not be asked for');
    return session;
  }
}
