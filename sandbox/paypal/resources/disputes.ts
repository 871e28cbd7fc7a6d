import { z } from 'zod';
import { anything, money, number, text } from '../input';
import {
  acceptClaim, closeDispute, disputes as disputeRows, disputeSummary, disputeView, escalateDispute, judgeDispute, provideEvidence, requireEvidence, sendMessage, type Dispute,
} from '../objects/dispute';
import { get, post, type Link, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const path = '/v1/customer/disputes';
const moment = () => z.iso.datetime({ offset: true });

const disputeOf = (sandbox: Sandbox, id: string): Dispute => sandbox.get<Dispute>('dispute', id);

/** What every action answers with. */
function acted(sandbox: Sandbox, { id }: Dispute) {
  const links: Link[] = [{ href: `${sandbox.url}${path}/${id}`, rel: 'self', method: 'GET' }];
  return { status: 200, body: { links } };
}

const filters = z.object({
  start_time: moment().optional(),
  disputed_transaction_id: text().optional(),
  dispute_state: text(500).optional(),
  update_time_after: moment().optional(),
  update_time_before: moment().optional(),
  page_size: number(1, 50).default(10),
  next_page_token: text(100).optional(),
});

const evidenceInput = z.object({
  evidences: z.array(z.looseObject({ evidence_type: text(255), notes: text(2_000).optional(), documents: z.array(z.object({ name: text(255) })).max(100).optional() })).min(1).max(100),
});

function matching(sandbox: Sandbox, query: z.output<typeof filters>): Dispute[] {
  const states = query.dispute_state?.split(',');
  return disputeRows(sandbox).where((one) => {
    const [made, changed] = [Date.parse(one.createTime), Date.parse(one.updateTime)];
    return (
      (!query.start_time || made >= Date.parse(query.start_time)) &&
      (!query.disputed_transaction_id || one.capture === query.disputed_transaction_id) &&
      (!query.update_time_after || changed >= Date.parse(query.update_time_after)) &&
      (!query.update_time_before || changed <= Date.parse(query.update_time_before)) &&
      (!states || states.includes(disputeSummary(sandbox, one).dispute_state))
    );
  });
}

/** https://developer.paypal.com/docs/api/customer-disputes/v1/. The last two are of PayPal's own sandbox too. */
export const disputes: Resource = {
  jobs: { judge_dispute: judgeDispute },
  routes: [
    get(path, filters, ({ sandbox, query }) => {
      const { page_size, next_page_token, ...kept } = query;
      const found = matching(sandbox, query).reverse();
      // The token names the last dispute of the page before, so that new ones move nothing.
      const from = next_page_token === undefined ? 0 : found.findIndex(({ id }) => id === next_page_token) + 1;
      const shown = found.slice(from, from + page_size);
      const address = (token?: string): string => `${sandbox.url}${path}?${new URLSearchParams({ ...kept, page_size: String(page_size), ...(token && { next_page_token: token }) })}`;
      const links: Link[] = [{ href: address(next_page_token), rel: 'self', method: 'GET' }, { href: address(), rel: 'first', method: 'GET' }];
      if (found.length > from + page_size) links.push({ href: address(shown.at(-1)!.id), rel: 'next', method: 'GET' });
      return { status: 200, body: { items: shown.map((one) => disputeSummary(sandbox, one)), links } };
    }),
    get(`${path}/:id`, anything, ({ sandbox, path: { id } }) => ({ status: 200, body: disputeView(sandbox, disputeOf(sandbox, id!)) })),
    post(`${path}/:id/accept-claim`, z.object({ note: text(2_000).optional(), accept_claim_reason: text(255).optional(), accept_claim_type: text(255).optional(), refund_amount: money().optional() }), ({ sandbox, path: { id } }) => {
      const one = disputeOf(sandbox, id!);
      acceptClaim(sandbox, one);
      return acted(sandbox, one);
    }),
    post(`${path}/:id/provide-evidence`, evidenceInput, ({ sandbox, path: { id }, body, documents }) => {
      const one = disputeOf(sandbox, id!);
      provideEvidence(sandbox, one, body.evidences, documents);
      return acted(sandbox, one);
    }),
    post(`${path}/:id/appeal`, evidenceInput, ({ sandbox, path: { id }, body, documents }) => {
      const one = disputeOf(sandbox, id!);
      provideEvidence(sandbox, one, body.evidences, documents, 'appeal');
      return acted(sandbox, one);
    }),
    post(`${path}/:id/send-message`, z.object({ message: text(2_000) }), ({ sandbox, path: { id }, body }) => {
      const one = disputeOf(sandbox, id!);
      sendMessage(sandbox, one, body.message);
      return acted(sandbox, one);
    }),
    post(`${path}/:id/escalate`, z.object({ note: text(2_000) }), ({ sandbox, path: { id } }) => {
      const one = disputeOf(sandbox, id!);
      escalateDispute(sandbox, one);
      return acted(sandbox, one);
    }),
    post(`${path}/:id/require-evidence`, z.object({ action: z.enum(['BUYER_EVIDENCE', 'SELLER_EVIDENCE']) }), ({ sandbox, path: { id }, body }) => {
      const one = disputeOf(sandbox, id!);
      requireEvidence(sandbox, one, body.action === 'BUYER_EVIDENCE' ? 'BUYER' : 'SELLER');
      return acted(sandbox, one);
    }),
    post(`${path}/:id/adjudicate`, z.object({ adjudication_outcome: z.enum(['BUYER_FAVOR', 'SELLER_FAVOR']) }), ({ sandbox, path: { id }, body }) => {
      const one = disputeOf(sandbox, id!);
      closeDispute(sandbox, one, body.adjudication_outcome === 'BUYER_FAVOR' ? 'RESOLVED_BUYER_FAVOUR' : 'RESOLVED_SELLER_FAVOUR');
      return acted(sandbox, one);
    }),
  ],
};
