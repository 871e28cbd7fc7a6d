import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock, type Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import type { Dispute } from '../../payments/disputes/dispute';
import type { DisputeResponse } from '../../payments/disputes/responses/response';
import { finishResponse, postponeResponse, readFiles, readResponse, takeDueResponses } from '../../payments/disputes/responses/store';
import { readDispute } from '../../payments/disputes/store';
import { GatewayRefusal } from '../../payments/gateway/failures';
import { recordDispute, type ToldDispute } from './record-dispute';

const together = 20;
const minute = 60_000;
/** Minutes until the gateway is asked again; the last is kept to. */
const waits = [1, 2, 5, 15, 60];

/**
 * Sends every response to a dispute that is due. A process that dies on the way leaves its responses to be sent again, with
 * the same key.
 */
export async function performResponses(clock: Clock): Promise<{ known: number; unknown: number }> {
  const counts = { known: 0, unknown: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  for (;;) {
    const now = clock.now();
    const taken = await takeDueResponses(database(), { gateways, now, again: new Date(now.getTime() + 5 * minute), most: together });
    if (taken.length === 0) return counts;
    for (const { id, accountId, sends } of taken) {
      const context: Context = { actor: { kind: 'system', id: 'disputes' }, accountId, clock: await clockFor(accountId, clock), requestId: newId('req') };
      await performResponse(context, id);
      const isKnown = (await readResponse(database(), accountId, id))?.status !== 'requested';
      counts[isKnown ? 'known' : 'unknown'] += 1;
      if (!isKnown) await postponeResponse(database(), id, new Date(now.getTime() + (waits[Math.min(sends, waits.length) - 1] ?? 1) * minute));
    }
  }
}

/** Sends a response that waits, and records what became of the dispute. Never throws: what cannot be asked now is asked later. */
export async function performResponse(context: Context, responseId: string): Promise<void> {
  const response = await readResponse(database(), context.accountId, responseId);
  if (response?.status !== 'requested') return;
  try {
    const dispute = found(await readDispute(database(), context.accountId, response.disputeId), 'dispute');
    const failure = await send(dispute, response);
    // Read once more, so that it is known when what is recorded was true.
    const askedAt = systemClock.now();
    const news = await gatewayNamed(dispute.gateway).readDispute(dispute.reference);
    await record(context, { dispute, response }, failure, { news, askedAt });
  } catch (error) {
    log('payments').error({ err: error, response: responseId }, 'the outcome of a response to a dispute is unknown; it is sent again');
  }
}

/** Why the gateway will not take it; null when it was taken. */
async function send({ gateway: name, reference }: Dispute, { id, evidence }: DisputeResponse): Promise<string | null> {
  const gateway = gatewayNamed(name);
  try {
    if (evidence) await gateway.answerDispute({ idempotencyKey: id, reference, evidence: { ...evidence, files: await readFiles(database(), id) } });
    else await gateway.acceptDispute({ idempotencyKey: id, reference });
    return null;
  } catch (error) {
    if (error instanceof GatewayRefusal) return error.message;
    throw error;
  }
}

async function record(context: Context, { dispute, response: { id, disputeId, kind } }: { dispute: Dispute; response: DisputeResponse }, failure: string | null, told: ToldDispute): Promise<void> {
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const status = failure === null ? 'sent' : 'refused';
    if (!(await finishResponse(transaction, id, { status, failure, finishedAt: context.clock.now() }))) return;
    const action = failure === null ? (kind === 'answer' ? 'dispute.answered' : 'dispute.accepted') : 'dispute.response_refused';
    await recordAudit(transaction, context, { action, subject: disputeId, before: { response: 'requested' }, after: { response: status, failure } });
    await recordDispute(context, dispute.attemptId, told);
  });
}
