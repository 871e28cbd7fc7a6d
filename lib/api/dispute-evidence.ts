import type { RespondedDispute } from '@/lib/billing/payments/disputes/list-disputes';
import type { AnswerInput } from '@/lib/billing/payments/disputes/schema';
import type { EvidenceFile } from '@/lib/billing/payments/gateway/disputes';
import { gatherEvidence, type KnownEvidence } from '@/lib/billing/workflows/dispute/gather-evidence';
import { answerDispute } from '@/lib/billing/workflows/dispute/respond';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { renderActivityLog, renderInvoice } from '@/lib/documents/render';
import { lookOf } from './document-input';

// Banks read English wherever they are.
const language = 'en';

/** The documents that go with an answer, as PDF. */
async function documentsOf(context: Context, { invoice, activity }: KnownEvidence, { withInvoice, withActivityLog }: AnswerInput): Promise<EvidenceFile[]> {
  const look = await lookOf(context, { template: 'classic', paper: 'A4' });
  const files: EvidenceFile[] = [];
  if (withInvoice) files.push({ kind: 'receipt', name: 'invoice.pdf', content: Uint8Array.from(await renderInvoice(invoice, language, look)) });
  if (withActivityLog) files.push({ kind: 'activity_log', name: 'log-of-use.pdf', content: Uint8Array.from(await renderActivityLog(activity, invoice, context.clock.now(), language, look)) });
  return files;
}

/** Answers a dispute with what the seller says and what is known here. Throws as `answerDispute` does. */
export async function answerWithEvidence(context: Context, disputeId: string, input: AnswerInput): Promise<RespondedDispute> {
  const known = await gatherEvidence(context, disputeId);
  const { story, product, refundPolicy, customerName = known.customerName, customerEmail = known.customerEmail, servedFrom = known.served.from, servedTo = known.served.to } = input;
  if (servedTo < servedFrom) throw new DomainError('invalid_request', undefined, { issues: [{ field: 'servedTo', message: 'The days end before they begin.' }] });
  const words = { story, product, refundPolicy, customerName, customerEmail, served: { from: servedFrom, to: servedTo } };
  return answerDispute(context, { disputeId, words, files: await documentsOf(context, known, input) });
}
