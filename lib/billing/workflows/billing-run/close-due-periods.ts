import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Actor } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { nextTry, type BillingRun } from './billing-run';
import * as store from './store';

const foundAtOnce = 500;
const takenAtOnce = 25;
/** How many accounts a worker closes at a time: while one waits for its commit, the others go on. */
const atOnce = 5;
/** After this time, in milliseconds, an account that a worker took counts as left behind by one that died. */
const claim = 5 * 60_000;

const renewal: Actor = { kind: 'system', id: 'renewal' };

/**
 * Closes every period that is over, seller by seller, in runs whose progress can be watched. Any number of workers may do
 * so at once and share a run; each account is closed by one of them, and under its lock no period is closed twice. A run
 * goes on where it was left when a worker died. An account that fails is kept with its reason, holds up no other, and is
 * tried again by a later run. Returns what this worker did.
 */
export async function closeDuePeriods(clock: Clock, actor: Actor = renewal): Promise<{ closed: number; failed: number }> {
  const counts = { closed: 0, failed: 0 };
  for (const sellerId of await store.readSellersToRun(database(), clock.now())) {
    const run = await begin(sellerId, clock, actor);
    if (run) await work(run, clock, counts);
  }
  return counts;
}

function begin(sellerId: string, clock: Clock, actor: Actor): Promise<BillingRun | null> {
  return inTransaction(async (transaction) => {
    const found = await store.beginRun(transaction, { id: newId('run'), sellerId, now: clock.now(), actor });
    if (!found) return null;
    const { run, begun } = found;
    if (begun) {
      const context = { actor, accountId: '', clock, requestId: newId('req') };
      await recordAudit(transaction, context, { action: 'billing_run.started', subject: run.id, ofSeller: true, after: { seller: sellerId, dueBy: run.dueBy } });
    }
    return run;
  });
}

async function work(run: BillingRun, clock: Clock, counts: { closed: number; failed: number }): Promise<void> {
  for (;;) {
    const now = clock.now();
    const tasks = await store.takeTasks(database(), run.id, now, new Date(now.getTime() + claim), takenAtOnce);
    if (tasks.length === 0) {
      if ((await inTransaction((transaction) => store.findMore(transaction, run.id, foundAtOnce))) > 0) continue;
      // What still waits is in the hands of another worker, who finishes the run, or of one that died: then of the next round.
      await inTransaction((transaction) => store.finishRun(transaction, run.id, clock.now()));
      return;
    }
    const close = async (): Promise<void> => {
      for (let task = tasks.shift(); task; task = tasks.shift()) counts[(await closeAccount(run, task, clock)) ? 'closed' : 'failed'] += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, close));
  }
}

/** Closes what is due of one account and notes it in the same transaction. Returns whether it could be closed. */
async function closeAccount(run: BillingRun, { accountId, failures }: { accountId: string; failures: number }, clock: Clock): Promise<boolean> {
  const context = { actor: renewal, accountId, clock, requestId: newId('req') };
  try {
    await renewUntilCurrent(context, { finish: (transaction) => store.finishTask(transaction, run.id, accountId, clock.now(), failures > 0) });
    return true;
  } catch (error) {
    log('renewal').error({ err: error, accountId, run: run.id, requestId: context.requestId }, 'a period could not be closed');
    const [now, attempts] = [clock.now(), failures + 1];
    const reason = error instanceof DomainError ? `${error.code}: ${error.message}` : `internal: Something went wrong on our side (${context.requestId}).`;
    await inTransaction((transaction) => store.failTask(transaction, run.id, { accountId, reason, attempts, now, nextAttemptAt: nextTry(attempts, now) }));
    return false;
  }
}
