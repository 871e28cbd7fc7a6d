import { systemClock, type Clock } from '@/lib/core/clock';
import type { Actor, Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { GatewayRefusal } from '../../payments/gateway/failures';
import type { EventSubject, PaymentGateway } from '../../payments/gateway/gateway';
import { readMethodByReference } from '../../payments/methods/store';
import { findRefund } from '../../payments/refunds/store';
import { refreshCheckout } from '../checkout/refresh-checkout';
import { recordResult } from '../collect-payment/record-result';
import { recordDispute } from '../dispute/record-dispute';
import { readManaged } from '../managed/read-managed';
import { recordManaged } from '../managed/record-managed';
import { findBegun, findManaged } from '../managed/store';
import { recordForeignRefund, recordRefund } from '../refund/record-refund';
import { recordMethod } from '../store-method/record-method';
import { recordSetup } from '../store-method/record-setup';
import { findAttempt, findCheckout, findSetup, type Owned } from './store';

/** Who has something read again at a gateway. */
export interface Adopter {
  actor: Actor;
  /** Real time; an account with a clock of its own is given that one. */
  clock: Clock;
  requestId: string;
}

/** What of ours took it over, or why nothing did, in a sentence. */
export type Adoption = Owned | { notOurs: string };

type Adopt = (adopter: Adopter, gateway: PaymentGateway, reference: string) => Promise<Adoption>;

/**
 * Reads something again at the gateway and records what it says there, by the recorders that everything else goes through:
 * so it may be asked for in any order and as often as one likes. Call it outside a transaction. Throws what the gateway throws.
 */
export async function adopt(adopter: Adopter, gateway: PaymentGateway, { kind, reference }: { kind: EventSubject; reference: string }): Promise<Adoption> {
  try {
    return await byKind[kind](adopter, gateway, reference);
  } catch (error) {
    if (error instanceof GatewayRefusal && error.code === 'unknown_reference') return { notOurs: 'The payment provider knows no such thing.' };
    throw error;
  }
}

async function contextFor({ actor, clock, requestId }: Adopter, { accountId }: Owned): Promise<Context> {
  return { actor, accountId, clock: await clockFor(accountId, clock), requestId };
}

const adoptCharge: Adopt = async (adopter, gateway, reference) => {
  const charge = await gateway.readCharge(reference);
  const attempt = await findAttempt(database(), gateway.name, charge);
  if (!attempt) return { notOurs: 'It is a payment that we did not ask for.' };
  await recordResult(await contextFor(adopter, attempt), attempt.id, charge.result);
  return attempt;
};

const adoptRefund: Adopt = async (adopter, gateway, reference) => {
  const result = await gateway.readRefund(reference);
  const refund = await findRefund(database(), gateway.name, result);
  if (refund) {
    await recordRefund(await contextFor(adopter, refund), refund.id, result);
    return refund;
  }
  const attempt = await findAttempt(database(), gateway.name, { attemptId: null, reference: result.charge });
  if (!attempt) return { notOurs: 'It gives back a payment that we did not ask for.' };
  const { id, accountId } = await recordForeignRefund(await contextFor(adopter, attempt), attempt.id, result);
  return { id, accountId };
};

const adoptDispute: Adopt = async (adopter, gateway, reference) => {
  const askedAt = systemClock.now();
  const news = await gateway.readDispute(reference);
  const attempt = await findAttempt(database(), gateway.name, { attemptId: null, reference: news.charge });
  if (!attempt) return { notOurs: 'It is about a payment that we did not ask for.' };
  const { id, accountId } = await recordDispute(await contextFor(adopter, attempt), attempt.id, { news, askedAt });
  return { id, accountId };
};

const adoptCheckout: Adopt = async (adopter, gateway, reference) => {
  const checkout = await findCheckout(database(), gateway.name, await gateway.readCheckout(reference));
  if (!checkout) return { notOurs: 'It is a page that we did not open.' };
  await refreshCheckout(await contextFor(adopter, checkout), checkout.id);
  return checkout;
};

const adoptSetup: Adopt = async (adopter, gateway, reference) => {
  const told = await gateway.readSetup(reference);
  const setup = await findSetup(database(), gateway.name, told);
  if (!setup) return { notOurs: 'It stores a payment method that we did not ask for.' };
  await recordSetup(await contextFor(adopter, setup), setup.id, told);
  return setup;
};

const adoptMethod: Adopt = async (adopter, gateway, reference) => {
  const method = await readMethodByReference(database(), gateway.name, reference);
  if (!method) return { notOurs: 'It is a payment method that is not kept here.' };
  await recordMethod(await contextFor(adopter, method), method.id, await gateway.readMethod(reference));
  return { id: method.id, accountId: method.accountId };
};

const adoptSubscription: Adopt = async (adopter, gateway, reference) => {
  const asked = await readManaged(gateway, reference);
  const { subscriptionId } = asked.told;
  const owned = (await findManaged(database(), gateway.name, reference)) ?? (subscriptionId === null ? null : await findBegun(database(), gateway.name, subscriptionId));
  if (!owned) return { notOurs: 'It is a subscription that was not begun here.' };
  await recordManaged(await contextFor(adopter, owned), gateway.name, asked);
  return owned;
};

const byKind: Record<EventSubject, Adopt> = {
  charge: adoptCharge,
  refund: adoptRefund,
  dispute: adoptDispute,
  checkout: adoptCheckout,
  setup: adoptSetup,
  method: adoptMethod,
  subscription: adoptSubscription,
};
