import { GatewayRefusal } from '../../payments/gateway/failures';
import type { PaymentGateway } from '../../payments/gateway/gateway';
import type { FoundDifference } from './match';
import type { ComparedKind } from './reconciliation';

/**
 * Of what the gateway did not tell of, what it says is otherwise when it is asked for it by name. The window of its books
 * and the moments of ours do not meet exactly: what happened there in time may be recorded here days later.
 */
export async function confirmMissing(gateway: PaymentGateway, missing: readonly FoundDifference[]): Promise<FoundDifference[]> {
  const confirmed: FoundDifference[] = [];
  for (const difference of missing) {
    const moved = await movedThere(gateway, difference);
    if (moved !== true) confirmed.push(moved === null ? difference : { ...difference, problem: 'state_differs' });
  }
  return confirmed;
}

/** Whether it moved by the gateway's word; null: there is no such thing. */
async function movedThere(gateway: PaymentGateway, { kind, source, ours }: FoundDifference): Promise<boolean | null> {
  try {
    return await questions[kind](gateway, source, ours?.state);
  } catch (error) {
    if (error instanceof GatewayRefusal && error.code === 'unknown_reference') return null;
    throw error;
  }
}

type Question = (gateway: PaymentGateway, source: string, ourState: string | undefined) => Promise<boolean>;

const cameBack = (outcome: string | undefined): boolean => outcome === 'failed' || outcome === 'canceled';

const questions: Record<ComparedKind, Question> = {
  payment: async (gateway, source) => (await gateway.readCharge(source)).result.outcome === 'succeeded',
  // Of one that came back before it was booked, a gateway's books tell neither way.
  refund: async (gateway, source, ourState) => cameBack(ourState) || !cameBack((await gateway.readRefund(source)).outcome),
  refund_failure: async (gateway, source) => cameBack((await gateway.readRefund(source)).outcome),
  dispute: async (gateway, source) => {
    const { state, withdrawnMinor } = await gateway.readDispute(source);
    return state === 'won' || withdrawnMinor > 0n;
  },
  dispute_reversal: async (gateway, source) => (await gateway.readDispute(source)).state === 'won',
};
