import type { Context } from '@/lib/core/context';
import { readPaymentStatus } from '../collect-payment/payment-status';
import { readAwaited, type AwaitedChange } from './read-awaited';

/** The change of plan that waits for its payment, once the gateway was asked what became of that: it may have happened. Null: none waits. */
export async function refreshAwaited(context: Context): Promise<AwaitedChange | null> {
  const awaited = await readAwaited(context);
  if (!awaited) return null;
  await readPaymentStatus(context, awaited.invoice.id);
  return readAwaited(context);
}
