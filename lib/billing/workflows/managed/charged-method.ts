import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { PaymentMethod } from '../../payments/attempt';
import { findGateway } from '../../payments/configured-gateway';
import { readMethods } from '../../payments/methods/store';
import type { Subscription } from '../../subscriptions/subscription';
import { readManagedMethod } from './store';

/** What the gateway that renews a subscription charges it to. */
export interface ChargedMethod {
  /** Null where the gateway tells none, or one that is not stored here. */
  method: PaymentMethod | null;
  /** What else is stored at the gateway. */
  others: PaymentMethod[];
  /** Whether it can be changed here; else the customer does so at the gateway. */
  isChangeable: boolean;
}

/** What a subscription that a gateway renews is charged to, as far as it is known here. */
export async function chargedMethodOf({ accountId }: Context, { id, managedBy }: Pick<Subscription, 'id' | 'managedBy'>): Promise<ChargedMethod> {
  const reference = await readManagedMethod(database(), id);
  const stored = (await readMethods(database(), accountId)).filter(({ gateway }) => gateway === managedBy);
  const method = stored.find((one) => one.reference === reference) ?? null;
  return { method, others: stored.filter((one) => one !== method), isChangeable: findGateway(managedBy)?.managedSubscriptions?.changeMethod !== undefined };
}
