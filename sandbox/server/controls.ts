import type { Delivery, DeliverySettings } from './deliveries';
import type { Fault } from './faults';
import type { LoggedRequest } from './request-log';
import type { StandIn } from './stand-in';

/** How one delivery went: the status of the answer, 0 for none. */
export interface Delivered {
  eventId: string;
  status: number;
}

/** What tests and developers may do to every stand-in that nobody can do to the provider. */
export interface StandInControls {
  faults: {
    add(fault: Fault): void;
    waiting(): Fault[];
    clear(): void;
  };
  clock: {
    now(): Date;
    /** Sets the time, forward only; what is due on the way happens. Null makes it real again. */
    move(now: Date | null): void;
  };
  webhooks: {
    /** Changes how deliveries leave from now on. */
    set(settings: Partial<DeliverySettings>): void;
    pending(): Delivery[];
    /** Sends pending deliveries now, one after another: all, or those of these events in this order. */
    deliver(eventIds?: readonly string[]): Promise<Delivered[]>;
    /** Resolves when nothing is under way or waits for its moment. */
    settled(): Promise<void>;
  };
  /** The requests of the API so far, oldest first, a thousand at most. */
  requests(): readonly LoggedRequest[];
  /** How many rows each table has. */
  state(): Record<string, number>;
  /** Forgets everything but what was configured at the start. */
  reset(): void;
}

/** Sends these now, in this order, and tells how it went. */
export async function deliverInOrder({ deliveries }: StandIn, chosen: readonly Delivery[]): Promise<Delivered[]> {
  const statuses = await deliveries.attemptInOrder(chosen);
  return chosen.map(({ eventId }, index) => ({ eventId, status: statuses[index]! }));
}

/** The controls that every stand-in has. */
export function standInControls(sandbox: StandIn): StandInControls {
  const { faults, deliveries, clock } = sandbox;
  return {
    faults: { add: (fault) => faults.add(fault), waiting: () => faults.waiting(), clear: () => faults.clear() },
    clock: {
      now: () => new Date(clock.now()),
      move(now) {
        if (now === null) {
          clock.set(null);
          return sandbox.schedule.wake();
        }
        if (clock.standing !== null && now.getTime() < clock.standing) throw new Error('The clock moves forward only.');
        sandbox.schedule.moveTo(now.getTime());
      },
    },
    webhooks: {
      set: (settings) => void Object.assign(deliveries.settings, settings),
      pending: () => deliveries.pending(),
      deliver(eventIds) {
        const pending = deliveries.pending();
        return deliverInOrder(sandbox, eventIds ? eventIds.flatMap((id) => pending.filter((delivery) => delivery.eventId === id)) : pending);
      },
      settled: () => deliveries.settled(),
    },
    requests: () => sandbox.requests.all(),
    state: () => sandbox.tables.counts(),
    reset: () => sandbox.reset(),
  };
}
