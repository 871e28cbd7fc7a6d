import type { Context } from '@/lib/core/context';
import type { PaymentAttempt } from '../../payments/attempt';
import { gatewayNamed } from '../../payments/configured-gateway';
import type { ChargeResult } from '../../payments/gateway/charges';
import { recordResult } from './record-result';

/** An attempt with what the browser goes on with. The client secret is for that browser alone: it is neither kept nor logged. */
export interface AttemptStanding {
  attempt: PaymentAttempt;
  clientSecret: string | null;
}

/** What is recorded because a gateway said so is nobody's doing but ours. */
export const byGateway = (context: Context): Context => ({ ...context, actor: { kind: 'system', id: 'payments' } });

/** What the browser goes on with where the attempt waits for the customer. */
export function secretFor(attempt: PaymentAttempt, result: ChargeResult): string | null {
  return attempt.status === 'requires_action' && result.outcome === 'requires_action' ? (result.clientSecret ?? null) : null;
}

/** Asks the gateway what became of a charge and records it. Throws `payments_unavailable` and what the gateway throws. */
export async function refreshAttempt(context: Context, attempt: PaymentAttempt): Promise<AttemptStanding> {
  if (!attempt.reference) return { attempt, clientSecret: null };
  const { result } = await gatewayNamed(attempt.gateway).readCharge(attempt.reference);
  const after = await recordResult(byGateway(context), attempt.id, result);
  return { attempt: after, clientSecret: secretFor(after, result) };
}

/** Takes a charge back that the customer has not confirmed. Answers what became of it: it may have gone through meanwhile. */
export async function cancelAttempt(context: Context, attempt: PaymentAttempt): Promise<PaymentAttempt> {
  if (!attempt.reference) return attempt;
  const result = await gatewayNamed(attempt.gateway).cancelCharge({ idempotencyKey: `${attempt.id}:cancel`, reference: attempt.reference });
  return recordResult(byGateway(context), attempt.id, result);
}
