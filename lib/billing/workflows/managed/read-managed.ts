import { systemClock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import type { PaymentGateway } from '../../payments/gateway/gateway';
import type { ManagedSubscription, ManagedSubscriptions } from '../../payments/gateway/subscriptions';

/** What a gateway says of a subscription that it renews, and when it was asked, in real time. */
export interface ToldManaged {
  told: ManagedSubscription;
  askedAt: Date;
}

/** The subscriptions that the gateway renews. Throws `payments_unavailable` where it renews none. */
export function managedAt({ managedSubscriptions }: PaymentGateway): ManagedSubscriptions {
  if (!managedSubscriptions) throw new DomainError('payments_unavailable');
  return managedSubscriptions;
}

/** Asks the gateway how a subscription stands there. Call it outside a transaction. Throws what the gateway throws. */
export async function readManaged(gateway: PaymentGateway, reference: string): Promise<ToldManaged> {
  const askedAt = systemClock.now();
  return { told: await managedAt(gateway).read(reference), askedAt };
}
