import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import type { Reconciliation } from './reconciliation';
import { insertReconciliation, readLastRequest } from './store';

const hour = 3_600_000;
const day = 24 * hour;
/** Days that the comparison of each day looks back, so that what was told late or mended since is looked at again. */
const overlap = 4;
const longestWindow = 366 * day;

function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid_request', undefined, { issues: [{ field, message }] });
}

const waiting = (run: Pick<Reconciliation, 'gateway' | 'windowStart' | 'windowEnd' | 'requestedBy' | 'requestedAt'>): Reconciliation => ({
  ...run, id: newId('rec'), movements: 0, differences: 0, finishedAt: null, failure: null,
});

/**
 * Has our books compared with a gateway's over a window of at most a year that has passed; a job does it at once. Without a
 * name, with the preferred gateway. Throws `payments_unavailable`, `invalid_request`, and `conflict` while one is under way.
 */
export function requestReconciliation(context: Context, { gateway: name, from, to }: { gateway?: string | undefined; from: Date; to: Date }): Promise<Reconciliation> {
  return inTransaction(async (transaction) => {
    const now = context.clock.now();
    const gateway = gatewayNamed(name ?? paymentGateways()[0]?.name ?? '').name;
    if (from >= to) throw invalid('to', 'Use a moment after from.');
    if (to > now) throw invalid('to', 'Use a moment that has passed.');
    if (to.getTime() - from.getTime() > longestWindow) throw invalid('from', 'Use a window of at most 366 days.');
    await lockAccount(transaction, context.accountId);
    const run = waiting({ gateway, windowStart: from, windowEnd: to, requestedBy: context.actor, requestedAt: now });
    if (!(await insertReconciliation(transaction, run))) throw new DomainError('conflict', 'Books are being compared with this payment provider. Wait until that is done.');
    await recordAudit(transaction, context, { action: 'reconciliation.requested', subject: run.id, after: { gateway, from, to }, ofSeller: true });
    return run;
  });
}

/** Has the books of the last days compared with each gateway, once a day. */
export async function requestDaily(clock: Clock): Promise<void> {
  const now = clock.now();
  for (const { name } of paymentGateways()) {
    const last = await readLastRequest(database(), name);
    if (last && now.getTime() - last.getTime() < 23 * hour) continue;
    const windowStart = new Date(now.getTime() - overlap * day);
    await insertReconciliation(database(), waiting({ gateway: name, windowStart, windowEnd: now, requestedBy: { kind: 'system', id: 'reconciliation' }, requestedAt: now }));
  }
}
