import type Stripe from 'stripe';
import { GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { asGatewayError, isKeyReused, isReplayed, isServerFailure } from './failures';

/** As many keys are tried in one call at most; each stands for one failure of Stripe's own within a day. */
const mostKeys = 8;

interface Write<T> {
  /** The port's key, and the name of the operation, as one key may name two. */
  key: string;
  operation: string;
  send(options: Stripe.RequestOptions): Promise<T>;
  /** What an earlier request with the key made, where a second one would do harm; null: nothing is there. */
  find?(): Promise<T | null>;
}

/**
 * A write that happens once, however often it is asked for with the same key.
 *
 * A request without an answer is sent again by the client with the same key, and Stripe answers as it did, or acts now.
 * When Stripe itself fails with a 5xx, it may or may not have acted, and gives that answer to the key for a day: to ask
 * again with it leads nowhere. So what the request may have made is looked for, and only where nothing is there another
 * key is used, by the next call. A key may also stand for a request that looked different, as before an update of ours,
 * and that may still be under way: where a second one would do harm, the key is waited for until Stripe forgets it.
 * Source: docs.stripe.com/api/idempotent_requests, docs.stripe.com/error-low-level.
 */
export async function writeOnce<T>({ key, operation, send, find }: Write<T>): Promise<T> {
  for (let number = 1; number <= mostKeys; number += 1) {
    const idempotencyKey = [key, operation, ...(number > 1 ? [number] : [])].join(':');
    try {
      return await send({ idempotencyKey });
    } catch (error) {
      if (!isServerFailure(error) && !isKeyReused(error)) throw asGatewayError(error);
      const made = await find?.().catch((failure: unknown) => {
        throw asGatewayError(failure);
      });
      if (made) return made;
      if (isServerFailure(error) && !isReplayed(error)) throw asGatewayError(error);
      if (isKeyReused(error) && find) throw new GatewayUnavailable('Stripe knows the key by another request.', 60);
    }
  }
  throw new GatewayUnavailable('Stripe failed at this request too often today.', 3600);
}
