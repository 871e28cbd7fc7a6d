import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { findGateway } from '../../payments/configured-gateway';
import type { Dispute } from '../../payments/disputes/dispute';
import { getDispute, type RespondedDispute } from '../../payments/disputes/list-disputes';
import { saysTheSame, type DisputeResponse, type EvidenceWords, type WantedResponse } from '../../payments/disputes/responses/response';
import { insertResponse, readLatestResponses } from '../../payments/disputes/responses/store';
import { readDispute } from '../../payments/disputes/store';
import type { EvidenceFile, EvidenceLimits } from '../../payments/gateway/disputes';
import { performResponse } from './perform-responses';

const minute = 60_000;

/**
 * Answers a dispute with evidence, for good. While the provider does not answer, the response stays `requested` and is sent
 * again by a job; said again in the same words, nothing happens.
 * Throws `not_found`, `invalid_request` for more evidence than the provider takes, `dispute_not_answerable` where it takes no
 * answer now or refuses this one, and `payments_unavailable` where it is switched off.
 */
export function answerDispute(context: Context, { disputeId, words, files }: { disputeId: string; words: EvidenceWords; files: readonly EvidenceFile[] }): Promise<RespondedDispute> {
  return respond(context, disputeId, { kind: 'answer', evidence: words, files });
}

/** Gives in to a dispute: the money is lost at once. Said again, nothing happens. Throws as `answerDispute` does. */
export function acceptDispute(context: Context, { disputeId }: { disputeId: string }): Promise<RespondedDispute> {
  return respond(context, disputeId, { kind: 'accept', evidence: null, files: [] });
}

async function respond(context: Context, disputeId: string, wanted: WantedResponse): Promise<RespondedDispute> {
  const response = await requestResponse(context, disputeId, wanted);
  if (response.status === 'requested') await performResponse(context, response.id);
  const responded = await getDispute(context, disputeId);
  if (responded.response?.status === 'refused') throw new DomainError('dispute_not_answerable', 'The payment provider refused this. Look at what the dispute takes now.');
  return responded;
}

/** Writes the intent. Answers the one that said the same already and stands. */
function requestResponse(context: Context, disputeId: string, wanted: WantedResponse): Promise<DisputeResponse> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const dispute = found(await readDispute(transaction, context.accountId, disputeId), 'dispute');
    const latest = (await readLatestResponses(transaction, [disputeId])).get(disputeId);
    const isTaken = dispute.takes.includes(wanted.kind);
    if (latest && saysTheSame(latest, wanted) && (latest.status === 'requested' || (latest.status === 'sent' && !isTaken))) return latest;
    if (latest?.status === 'requested') throw new DomainError('dispute_not_answerable', 'Another response is on its way. Wait until it is known what became of it.');
    if (!isTaken) throw new DomainError('dispute_not_answerable');
    assertTakes(dispute, wanted);

    const response: DisputeResponse = {
      id: newId('dre'), accountId: context.accountId, disputeId, kind: wanted.kind, status: 'requested', evidence: wanted.evidence, failure: null, requestedAt: context.clock.now(), finishedAt: null,
    };
    // The job comes only after whoever asks has had the time; gateways are asked in real time.
    await insertResponse(transaction, response, wanted.files, new Date(systemClock.now().getTime() + minute));
    // The words are kept with the response: customers read this log too.
    const files = wanted.files.map(({ name }) => name);
    await recordAudit(transaction, context, { action: wanted.kind === 'answer' ? 'dispute.answer_requested' : 'dispute.acceptance_requested', subject: disputeId, after: { response: response.id, files } });
    return response;
  });
}

/** Throws unless the gateway is there and takes as much. */
function assertTakes({ gateway: name }: Dispute, { kind, evidence, files }: WantedResponse): void {
  const gateway = findGateway(name);
  if (!gateway) throw new DomainError('payments_unavailable');
  if (kind !== 'answer') return;
  const limits: EvidenceLimits | null = gateway.capabilities.disputeEvidence;
  if (!limits) throw new DomainError('dispute_not_answerable', 'This payment provider takes answers at its own desk alone.');
  const issue = (field: string, message: string) => new DomainError('invalid_request', undefined, { issues: [{ field, message }] });
  if ((evidence?.story.length ?? 0) > limits.storyLetters) throw issue('story', `The payment provider takes at most ${limits.storyLetters} letters.`);
  if (files.reduce((sum, { content }) => sum + content.length, 0) > limits.fileBytes) throw issue('withActivityLog', `The payment provider takes at most ${limits.fileBytes} bytes of documents. Leave one out.`);
}
