import type { Context } from '@/lib/core/context';
import type { PaymentAttempt } from '../../payments/attempt';
import { cancelAttempt } from '../collect-payment/refresh-attempt';
import { expireCheckout } from './refresh-checkout';

/**
 * Has the gateway close what the customer has begun and not finished, be it a charge to confirm or a page to pay on, so that
 * nothing else can be charged by it. It may have been finished meanwhile: look again afterwards. Call it outside a
 * transaction. Throws what the gateway throws.
 */
export async function releaseAttempt(context: Context, attempt: PaymentAttempt): Promise<void> {
  if (attempt.checkoutSessionId) await expireCheckout(context, attempt.checkoutSessionId);
  else await cancelAttempt(context, attempt);
}
