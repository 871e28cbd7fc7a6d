import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { systemClock } from '@/lib/core/clock';
import type { MovingRequest, ProviderOnSandbox } from './provider';
import { lostAnswers, type LostAnswer, type Scenario } from './scenarios';

/** Milliseconds that are waited for an answer that never comes. A real one that takes longer is only one more fault. */
const shortWait = 1_000;

const isLost = (fault: string): fault is LostAnswer => (lostAnswers as readonly string[]).includes(fault);

export interface FaultyGateway {
  gateway: PaymentGateway;
  /** From now on the account's charges or refunds meet what the scenario says; null: nothing any more. */
  arm(accountId: string, scenario: Scenario | null): void;
}

/** The provider's own adapter, which loses answers as the scenario of each account says. `tell`: has the notice come now. */
export function faultyGateway(provider: ProviderOnSandbox, tell: (subject: string) => Promise<void>): FaultyGateway {
  const patient = provider.adapter();
  const once = provider.adapter({ retries: 0 });
  const impatient = provider.adapter({ retries: 0, timeoutMilliseconds: shortWait });
  const armed = new Map<string, Scenario>();

  async function faulty<T>(accountId: string, subject: string, request: MovingRequest, send: (adapter: PaymentGateway) => Promise<T>): Promise<T> {
    const scenario = armed.get(accountId);
    if (!scenario) return send(patient);
    armed.delete(accountId);
    const { fault, notice, turn } = scenario;
    if (isLost(fault)) await provider.meet(request, fault, turn);
    try {
      return await send(fault === 'silent_after' ? impatient : once);
    } finally {
      if (notice === 'before') await tell(subject);
    }
  }

  return {
    gateway: {
      ...patient,
      charge: (asked) => faulty(asked.accountId, asked.idempotencyKey, { kind: 'charge', paymentMethod: asked.paymentMethod }, (adapter) => adapter.charge(asked)),
      refund: (asked) => faulty(asked.accountId, asked.idempotencyKey, { kind: 'refund', charge: asked.charge }, (adapter) => adapter.refund(asked)),
      // Sandboxes sign by real time, whatever time the portal is at.
      readEvent: (delivery) => patient.readEvent({ ...delivery, now: systemClock.now() }),
    },
    arm(accountId, scenario) {
      if (scenario) armed.set(accountId, scenario);
      else armed.delete(accountId);
    },
  };
}
