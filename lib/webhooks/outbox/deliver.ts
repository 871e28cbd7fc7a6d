import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import { waitAfter } from './back-off';
import { post, type Answer } from './post';
import { signedHeaders } from './signature';
import { noteAttempt, takeDueDeliveries, type AttemptOutcome, type TakenDelivery } from './store';

/** How many are sent at once. */
const together = 20;

/** After this time, in milliseconds, an attempt without a result counts as lost: well above the time-out of a request. */
const lostAfter = 60_000;

function outcomeOf(answer: Answer, attempts: number, now: Date): AttemptOutcome {
  const responseStatus = 'status' in answer ? answer.status : null;
  if (responseStatus !== null && responseStatus >= 200 && responseStatus < 300) {
    return { status: 'delivered', responseStatus, failure: null, nextAttemptAt: null, deliveredAt: now };
  }
  const failure = 'failure' in answer ? answer.failure : `The endpoint answered with ${answer.status}.`;
  const wait = waitAfter(attempts, Math.random());
  if (wait === null) return { status: 'failed', responseStatus, failure, nextAttemptAt: null, deliveredAt: null };
  return { status: 'pending', responseStatus, failure, nextAttemptAt: new Date(now.getTime() + wait), deliveredAt: null };
}

async function attempt(delivery: TakenDelivery, clock: Clock): Promise<AttemptOutcome['status']> {
  const headers = signedHeaders(delivery.secret, { id: delivery.eventId, at: clock.now(), body: delivery.body });
  const answer = await post(delivery.url, headers, delivery.body, settings().demo);
  const outcome = outcomeOf(answer, delivery.attempts, clock.now());
  await noteAttempt(database(), delivery, outcome);
  return outcome.status;
}

/**
 * Sends everything that is due, each delivery once: any number of processes may run it. A delivery may reach an endpoint
 * twice only when a process dies between the answer and its record; its `webhook-id` tells the receiver.
 */
export async function deliverDue(clock: Clock): Promise<{ delivered: number; failed: number; pending: number }> {
  const counts = { delivered: 0, failed: 0, pending: 0 };
  for (;;) {
    const now = clock.now();
    const taken = await takeDueDeliveries(database(), now, new Date(now.getTime() + lostAfter), together);
    if (taken.length === 0) return counts;
    for (const status of await Promise.all(taken.map((delivery) => attempt(delivery, clock)))) counts[status] += 1;
  }
}
