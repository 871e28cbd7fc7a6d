import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import { GatewayUnavailable } from '../../payments/gateway/failures';
import type { GatewayMovement, PaymentGateway } from '../../payments/gateway/gateway';
import { bookFees } from './book-fees';
import { confirmMissing } from './confirm-missing';
import { isCompared, matchMovements, type FoundDifference } from './match';
import { ourMovements, readOurs } from './our-movements';
import type { Difference, Reconciliation } from './reconciliation';
import { closeGone, finishReconciliation, forgetMovements, keepDifference, keepMovements, readTold, readToldAmong, takeReconciliation } from './store';

const hour = 3_600_000;
const pageSize = 500;

/** Makes every comparison that waits. Any number of processes may run it: each is made by one of them. */
export async function runReconciliations(clock: Clock): Promise<{ compared: number; differences: number; failed: number }> {
  const counts = { compared: 0, differences: 0, failed: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  for (;;) {
    const now = clock.now();
    const run = await takeReconciliation(database(), { gateways, now, until: new Date(now.getTime() + hour) });
    if (!run) return counts;
    const { differences, failure } = await compare(clock, run);
    counts.differences += differences;
    counts[failure === null ? 'compared' : 'failed'] += 1;
  }
}

/** Never throws: what a comparison that broke off would have found, the next one finds, since they overlap. */
async function compare(clock: Clock, run: Reconciliation): Promise<{ differences: number; failure: string | null }> {
  const counts = { movements: 0, differences: 0 };
  let failure: string | null = null;
  try {
    const gateway = gatewayNamed(run.gateway);
    counts.movements = await listen(gateway, run);
    const keep = async (found: FoundDifference[]): Promise<void> => {
      for (const difference of found) await keepDifference(database(), asDifference(run, difference, clock.now()));
      counts.differences += found.length;
    };
    for await (const found of theirsAgainstOurs(clock, run)) await keep(found);
    for await (const found of oursAgainstTheirs(gateway, run)) await keep(found);
    await closeGone(database(), run, clock.now());
  } catch (error) {
    log('reconciliation').error({ err: error, reconciliation: run.id }, 'books could not be compared');
    failure = error instanceof GatewayUnavailable ? error.message : 'Something went wrong on our side. The log tells what.';
  }
  await forgetMovements(database(), run.id);
  await finishReconciliation(database(), run.id, { ...counts, failure, finishedAt: clock.now() });
  log('reconciliation').info({ reconciliation: run.id, gateway: run.gateway, ...counts, failure }, 'books were compared');
  return { differences: counts.differences, failure };
}

/** Keeps what the gateway tells, a page at a time: however much it is, it is never held at once. */
async function listen(gateway: PaymentGateway, { id, windowStart, windowEnd }: Reconciliation): Promise<number> {
  let count = 0;
  let page: GatewayMovement[] = [];
  const keep = async (): Promise<void> => {
    await keepMovements(database(), id, page);
    count += page.length;
    page = [];
  };
  for await (const movement of gateway.listMovements({ from: windowStart, to: windowEnd })) {
    if (isCompared(movement.kind)) page.push(movement);
    if (page.length === pageSize) await keep();
  }
  await keep();
  return count;
}

async function* theirsAgainstOurs(clock: Clock, run: Reconciliation): AsyncGenerator<FoundDifference[]> {
  for (let after = { kind: '', source: '' }; ; ) {
    const theirs = await readTold(database(), run.id, after, pageSize);
    const last = theirs.at(-1);
    if (!last) return;
    const ours = await readOurs(database(), run.gateway, theirs);
    await bookFees(clock, run.gateway, ours, theirs);
    yield matchMovements(ours, theirs).differences;
    after = last;
  }
}

async function* oursAgainstTheirs(gateway: PaymentGateway, run: Reconciliation): AsyncGenerator<FoundDifference[]> {
  for await (const ours of ourMovements(database(), run.gateway, { from: run.windowStart, to: run.windowEnd })) {
    const told = await readToldAmong(database(), run.id, ours);
    const untold = ours.filter(({ kind, source }) => !told.has(`${kind} ${source}`));
    yield await confirmMissing(gateway, matchMovements(untold, []).differences);
  }
}

function asDifference({ id, gateway }: Reconciliation, { kind, source, problem, ours, theirs }: FoundDifference, now: Date): Difference {
  return {
    id: newId('diff'), gateway, kind, source, problem, status: 'open', accountId: ours?.accountId ?? null, subject: ours?.subject ?? null, currency: theirs?.currency ?? ours?.currency ?? '',
    oursMinor: ours?.moved ? ours.amountMinor : null, theirsMinor: theirs?.amountMinor ?? null, ourState: ours?.state ?? null,
    occurredAt: theirs?.occurredAt ?? ours?.occurredAt ?? now, note: null, firstFoundBy: id, lastFoundBy: id, foundAt: now, resolvedAt: null,
  };
}
