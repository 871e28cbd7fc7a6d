import { findGateway, paymentGateways } from '@/lib/billing/payments/configured-gateway';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { adopt } from '@/lib/billing/workflows/adopt/adopt';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { afterAttempt, type Notice, type NoticeStatus, type Outcome } from './notice';
import { noteOutcome, takeDueNotices } from './store';

/** How many are applied at once. */
const together = 10;

/** After this time, in milliseconds, an attempt without a result counts as lost: well above what a gateway may take. */
const lostAfter = 5 * 60_000;

/**
 * Applies every notice that is due: what it is about is read again at its gateway and recorded, so that their order and how
 * often they come do not matter. Any number of processes may run it.
 */
export async function applyNotices(clock: Clock): Promise<Record<NoticeStatus, number>> {
  const counts: Record<NoticeStatus, number> = { waiting: 0, applied: 0, ignored: 0, dead: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  if (gateways.length === 0) return counts;
  for (;;) {
    const now = clock.now();
    const taken = await takeDueNotices(database(), { gateways, now, again: new Date(now.getTime() + lostAfter), most: together });
    if (taken.length === 0) return counts;
    for (const status of await Promise.all(taken.map((notice) => attempt(clock, notice)))) counts[status] += 1;
  }
}

async function attempt(clock: Clock, notice: Notice): Promise<NoticeStatus> {
  const outcome = await apply(clock, notice);
  const after = afterAttempt(outcome, notice.attempts, clock.now());
  await noteOutcome(database(), notice, { ...after, ...(outcome.kind === 'applied' && { accountId: outcome.accountId }) });
  if (after.status === 'dead') log('inbox').error({ notice: notice.id, type: notice.type, reason: after.failure }, 'a notice was given up; replay it once its cause is mended');
  return after.status;
}

/** Never throws: what fails is tried again. */
async function apply(clock: Clock, { id, gateway: name, subjectKind, reference }: Notice): Promise<Outcome> {
  const gateway = findGateway(name);
  if (!gateway || !subjectKind || !reference) return { kind: 'not_ours', reason: 'There is nothing to read again.' };
  try {
    const adoption = await adopt({ actor: { kind: 'system', id: 'inbox' }, clock, requestId: newId('req') }, gateway, { kind: subjectKind, reference });
    return 'notOurs' in adoption ? { kind: 'not_ours', reason: adoption.notOurs } : { kind: 'applied', accountId: adoption.accountId };
  } catch (error) {
    log('inbox').warn({ err: error, notice: id }, 'a notice could not be applied; it is tried again');
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

/** A sentence for the operator. Of what nobody foresaw only the log tells: it may hold anything. */
function reasonOf(error: unknown): string {
  if (error instanceof GatewayUnavailable || error instanceof GatewayRefusal || error instanceof DomainError) return error.message;
  return 'Something went wrong on our side. The log tells what.';
}
