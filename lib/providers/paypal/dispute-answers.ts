import type { DisputeAnswer, DisputeEvidence, EvidenceFile, EvidenceLimits } from '@/lib/billing/payments/gateway/disputes';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { PayPal } from './client';
import { disputeOf, disputePath, readPayPalDispute, type PayPalDispute } from './disputes';
import { asking } from './failures';

/** Letters that PayPal takes as notes. Source: developer.paypal.com/docs/api/customer-disputes/v1. */
const noteLetters = 2_000;

/** Room is left in the notes for our reference. Source of the bytes: developer.paypal.com/platforms/disputes/reference/supported-file-types-sizes. */
export const disputeEvidence: EvidenceLimits = { storyLetters: 1_900, fileBytes: 10_000_000 };

/** By this an answer that was not heard is known again: PayPal promises to know no request of this API twice. */
const referenceOf = (key: string): string => `Reference: ${key}`;
const isAnsweredBy = ({ evidences }: PayPalDispute, key: string): boolean => evidences.some(({ notes = '' }) => notes.includes(referenceOf(key)));
const documentsOf = (files: readonly EvidenceFile[], wanted: EvidenceFile['kind']) => files.filter(({ kind }) => kind === wanted).map(({ name }) => ({ name }));

function factsOf({ customerName, customerEmail, product, served, refundPolicy }: DisputeEvidence): string {
  const lines = [
    customerName && `Customer: ${customerName}`, customerEmail && `E-mail: ${customerEmail}`, product && `Sold: ${product}`,
    served && `Served: ${served.from === served.to ? served.from : `${served.from} to ${served.to}`}`, refundPolicy && `Refund policy: ${refundPolicy}`,
  ];
  return lines.filter(Boolean).join('\n').slice(0, noteLetters);
}

function inputOf(key: string, evidence: DisputeEvidence) {
  const facts = factsOf(evidence);
  const logs = documentsOf(evidence.files, 'activity_log');
  const first = { evidence_type: 'OTHER', notes: `${evidence.story}\n\n${referenceOf(key)}`, documents: documentsOf(evidence.files, 'receipt') };
  return { evidences: [first, ...(facts || logs.length > 0 ? [{ evidence_type: 'OTHER', ...(facts && { notes: facts }), documents: logs }] : [])] };
}

/** The parts that PayPal reads: the JSON named `input`, and each document by itself. The boundary is the key's, so that it is the same form every time. */
function formOf(key: string, evidence: DisputeEvidence): Blob {
  const boundary = `portal-${key.toLowerCase().replace(/[^a-z0-9]/g, '-')}`;
  const head = (disposition: string, type: string): string => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  const parts: BlobPart[] = [head('name="input"', 'application/json'), JSON.stringify(inputOf(key, evidence)), '\r\n'];
  for (const [index, { name, content }] of evidence.files.entries()) parts.push(head(`name="file${index + 1}"; filename="${name}"`, 'application/pdf'), content, '\r\n');
  return new Blob([...parts, `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` });
}

/** Asks PayPal to act on a dispute, unless that was done before. */
async function act(paypal: PayPal, reference: string, isDone: (dispute: PayPalDispute) => boolean, ask: (dispute: PayPalDispute) => Promise<unknown>): Promise<void> {
  const before = await readPayPalDispute(paypal, reference);
  if (isDone(before)) return;
  try {
    await asking(() => ask(before));
  } catch (error) {
    // A request that PayPal acted upon and was not heard is refused when it is sent again.
    if (!(error instanceof GatewayRefusal) || !isDone(await readPayPalDispute(paypal, reference))) throw error;
  }
}

/** Hands the evidence in, for a decision that is open or, where PayPal offers it, for an appeal. */
export function answerDispute(paypal: PayPal, { idempotencyKey, reference, evidence }: DisputeAnswer): Promise<void> {
  return act(paypal, reference, (dispute) => isAnsweredBy(dispute, idempotencyKey), ({ links }) => {
    const action = links.some(({ rel }) => rel === 'appeal') ? 'appeal' : 'provide-evidence';
    return paypal.request({ method: 'POST', path: `${disputePath(reference)}/${action}`, form: formOf(idempotencyKey, evidence) });
  });
}

/** Gives in: PayPal gives the buyer the money back. */
export function acceptDispute(paypal: PayPal, { reference }: { idempotencyKey: string; reference: string }): Promise<void> {
  return act(paypal, reference, (dispute) => disputeOf(dispute, '').state === 'lost', () =>
    paypal.request({ method: 'POST', path: `${disputePath(reference)}/accept-claim`, body: { note: 'The seller accepts the claim.' } }),
  );
}
