import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayNamed } from '../../payments/configured-gateway';
import type { EventSubject, PaymentGateway } from '../../payments/gateway/gateway';
import { adopt } from '../adopt/adopt';
import { confirmMissing } from './confirm-missing';
import { matchMovements } from './match';
import { readOurs } from './our-movements';
import type { ComparedKind, Difference } from './reconciliation';
import { readDifference, resolveRow } from './store';

const subjectOf: Record<ComparedKind, EventSubject> = { payment: 'charge', refund: 'refund', refund_failure: 'refund', dispute: 'dispute', dispute_reversal: 'dispute' };

/**
 * Has our books take over what the gateway says of a difference, by reading it there again. Said again, nothing happens.
 * Call it outside a transaction. Throws `not_found`, `difference_not_adoptable` where our books differ all the same,
 * `payments_unavailable`, `payment_provider_unavailable` and `payment_refused`.
 */
export async function adoptDifference(context: Context, id: string): Promise<Difference> {
  const difference = found(await readDifference(database(), context.accountId, id), 'difference');
  if (difference.status === 'repaired' || difference.status === 'gone') return difference;
  const { gateway: name, kind, source } = difference;
  const gateway = gatewayNamed(name);
  const adopter = { actor: context.actor, clock: systemClock, requestId: context.requestId };
  const adoption = await askGateway(() => adopt(adopter, gateway, { kind: subjectOf[kind], reference: source }));
  if ('notOurs' in adoption || (await askGateway(() => stillDiffers(gateway, difference)))) throw new DomainError('difference_not_adoptable');
  return resolve(context, id, { status: 'repaired', note: null });
}

/** Whether the books differ now, by what the gateway told when the difference was found or says of what it did not tell of. */
async function stillDiffers(gateway: PaymentGateway, { kind, source, theirsMinor, currency, occurredAt }: Difference): Promise<boolean> {
  const theirs = theirsMinor === null ? [] : [{ kind, source, amountMinor: theirsMinor, currency, occurredAt }];
  const { differences } = matchMovements(await readOurs(database(), gateway.name, [{ kind, source }]), theirs);
  return (theirs.length > 0 ? differences : await confirmMissing(gateway, differences)).length > 0;
}

/** Notes why a difference is as it should be: it is reported no more. Said again with the same words, nothing happens. Throws `not_found`. */
export function explainDifference(context: Context, { id, note }: { id: string; note: string }): Promise<Difference> {
  return resolve(context, id, { status: 'explained', note });
}

function resolve(context: Context, id: string, { status, note }: Pick<Difference, 'status' | 'note'>): Promise<Difference> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readDifference(transaction, context.accountId, id), 'difference');
    if (before.status === status && before.note === note) return before;
    await resolveRow(transaction, id, { status, note, resolvedAt: context.clock.now() });
    await recordAudit(transaction, context, { action: `difference.${status}`, subject: id, before: { status: before.status, note: before.note }, after: { status, note }, ofSeller: true });
    return { ...before, status, note, resolvedAt: context.clock.now() };
  });
}
