import type Stripe from 'stripe';
import type { DisputeAnswer, DisputeEvidence, EvidenceFile, EvidenceKind, EvidenceLimits } from '@/lib/billing/payments/gateway/disputes';
import { asking } from './failures';
import { writeOnce } from './write-once';

/** Source: docs.stripe.com/disputes/responding, docs.stripe.com/disputes/best-practices: 4.5 MB of files in all. */
export const disputeEvidence: EvidenceLimits = { storyLetters: 20_000, fileBytes: 4_500_000 };

/** Under which name Stripe takes a file. Its own field for logs takes text alone, so the document goes beside it. */
const fileFields = { receipt: 'receipt', activity_log: 'service_documentation' } as const satisfies Record<EvidenceKind, keyof Stripe.DisputeUpdateParams.Evidence>;

/** The key of our response, by which an answer that was not heard is known again. */
const metadataKey = 'response';

const text = (value: string): string | undefined => (value === '' ? undefined : value);

function evidenceOf({ story, customerName, customerEmail, product, served, refundPolicy }: DisputeEvidence): Stripe.DisputeUpdateParams.Evidence {
  return {
    uncategorized_text: text(story),
    customer_name: text(customerName),
    customer_email_address: text(customerEmail),
    product_description: text(product),
    service_date: served ? (served.from === served.to ? served.from : `${served.from} to ${served.to}`) : undefined,
    refund_policy_disclosure: text(refundPolicy),
  };
}

/** Files live on a host of their own, `files.stripe.com`, which Stripe's client knows. One that is sent twice does no harm. */
function upload(stripe: Stripe, key: string, { kind, name, content }: EvidenceFile): Promise<Stripe.File> {
  const file = { data: content, name, type: 'application/pdf' };
  return writeOnce({ key, operation: `file_${kind}`, send: (options) => stripe.files.create({ purpose: 'dispute_evidence', file }, options) });
}

/** Hands the evidence in. What an earlier request with the key handed in is known by the dispute's metadata. */
export async function answerDispute(stripe: Stripe, { idempotencyKey, reference, evidence }: DisputeAnswer): Promise<void> {
  const find = async (): Promise<Stripe.Dispute | null> => {
    const dispute = await stripe.disputes.retrieve(reference);
    return dispute.metadata[metadataKey] === idempotencyKey ? dispute : null;
  };
  if (await asking(find)) return;
  const files: Stripe.DisputeUpdateParams.Evidence = {};
  for (const file of evidence.files) files[fileFields[file.kind]] = (await upload(stripe, idempotencyKey, file)).id;
  const params: Stripe.DisputeUpdateParams = { evidence: { ...evidenceOf(evidence), ...files }, submit: true, metadata: { [metadataKey]: idempotencyKey } };
  await writeOnce({ key: idempotencyKey, operation: 'answer', find, send: (options) => stripe.disputes.update(reference, params, options) });
}

/** Gives in by closing the dispute. One that is lost already stays so. */
export async function acceptDispute(stripe: Stripe, { idempotencyKey, reference }: { idempotencyKey: string; reference: string }): Promise<void> {
  const find = async (): Promise<Stripe.Dispute | null> => {
    const dispute = await stripe.disputes.retrieve(reference);
    return dispute.status === 'lost' ? dispute : null;
  };
  if (await asking(find)) return;
  await writeOnce({ key: idempotencyKey, operation: 'accept', find, send: (options) => stripe.disputes.close(reference, {}, options) });
}
