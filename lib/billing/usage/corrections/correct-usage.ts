import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { idOfUuid, uuidOfId } from '@/lib/core/ids';
import { eventId, momentOfEventId, quotaEngine } from '../../quota/engine/engine';
import type { MeterResult } from '../../quota/engine/meter-item';
import { meteredBy } from '../../quota/meter';
import { accountTerms } from '../../quota/terms';
import type { Correction } from './correction';
import { isAudited, readCorrectable, readDifference, type CorrectableEvent } from './store';

export interface CorrectionRequest {
  /** Public id of the event. */
  event: string;
  /** What the event is to count from now on, with all that corrected it before; 0 or more. */
  quantity: bigint;
  /** Why, for the audit log. */
  reason?: string;
  /** Sent again with the same key, the same correction is answered and made once. */
  idempotencyKey?: string;
}

/**
 * Makes an event count another quantity, by a further event that holds the difference and falls into the same period. The
 * limit is not asked: what has happened has happened. Must not be called inside a transaction: it commits on its own.
 * Throws `not_found`, `not_correctable`, `idempotency_key_reused`, `counter_overflow`, `already_voided`, `overloaded`.
 */
export async function correctUsage(context: Context, request: CorrectionRequest): Promise<Correction> {
  const { quantity, reason = null, idempotencyKey = null } = request;
  const event = await findCorrectable(context, request.event);
  const id = eventId(context.accountId, idempotencyKey, event.occurredAt);
  const recordedAt = context.clock.now();
  const { item } = meteredBy(await accountTerms(context, event.occurredAt), event.featureKey, event.occurredAt);
  const result = await quotaEngine().submit(event.featureKey, {
    operation: 'correct', id, keyText: idempotencyKey, counterId: event.counterId, correctsId: event.id, quantity, limit: item.limit,
    occurredAt: event.occurredAt, recordedAt, hour: item.hour, day: item.day,
  });
  assertDone(result);
  const written = result.verdict === 'repeated' ? await readDifference(database(), event, id) : { quantity: result.quantity, recordedAt };
  const difference = written?.quantity ?? 0n;
  const correction: Correction = {
    id: difference === 0n ? null : idOfUuid('evt', id), corrects: request.event, feature: event.featureKey, quantity: difference,
    counts: quantity, occurredAt: event.occurredAt, recordedAt: written?.recordedAt ?? recordedAt, reason,
  };
  if (difference !== 0n) await audit(context, idOfUuid('evt', id), correction);
  return correction;
}

/** Makes an event count nothing any more. Throws like `correctUsage`. */
export function voidUsage(context: Context, request: Omit<CorrectionRequest, 'quantity'>): Promise<Correction> {
  return correctUsage(context, { ...request, quantity: 0n });
}

async function findCorrectable(context: Context, publicId: string): Promise<CorrectableEvent> {
  const id = uuidOfId('evt', publicId);
  const event = id && (await readCorrectable(database(), context.accountId, id, momentOfEventId(id)));
  if (!event) throw new DomainError('not_found', 'No such usage event.');
  if (event.kind !== 'usage') throw new DomainError('not_correctable');
  return event;
}

function assertDone({ verdict }: MeterResult): void {
  switch (verdict) {
    case 'recorded':
    case 'repeated':
      return;
    case 'key_reused':
      throw new DomainError('idempotency_key_reused');
    case 'overflow':
      throw new DomainError('counter_overflow');
    case 'already_voided':
      throw new DomainError('already_voided');
    case 'not_found':
      throw new DomainError('not_found', 'No such usage event.');
    default:
      throw new Error(`A correction was answered with ${verdict}.`);
  }
}

/**
 * The engine commits on its own, so the audit entry follows it; where the process ended in between, the call that is sent
 * again with the same key writes it.
 */
async function audit(context: Context, subject: string, { corrects, feature, quantity, counts, reason }: Correction): Promise<void> {
  const action = counts === 0n ? 'usage.voided' : 'usage.corrected';
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    if (await isAudited(transaction, context.accountId, action, subject)) return;
    await recordAudit(transaction, context, {
      action,
      subject,
      before: { event: corrects, feature, quantity: counts - quantity },
      after: { event: corrects, feature, quantity: counts, ...(reason !== null && { reason }) },
    });
  });
}
