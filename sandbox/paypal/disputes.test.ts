import { describe, expect, it } from 'vitest';
import { accessToken, ask, paidCapture, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 3_600_000 });

interface ShownDispute {
  dispute_id: string;
  status: string;
  links: { rel: string; href: string }[];
}

const read = async (id: string): Promise<ShownDispute> => (await ask<ShownDispute>(held.sandbox, 'GET', `/v1/customer/disputes/${id}`)).body;
const act = (id: string, action: string, body: unknown) => ask(held.sandbox, 'POST', `/v1/customer/disputes/${id}/${action}`, body);
const eventsOf = (id: string) => held.sandbox.events().filter(({ resource }) => (resource as { dispute_id?: string }).dispute_id === id).map(({ event_type }) => event_type);

async function movements(): Promise<[string | undefined, string | undefined][]> {
  const now = Date.now();
  const { result } = await held.transactions.searchTransactions({ startDate: new Date(now - 86_400_000).toISOString(), endDate: new Date(now + 86_400_000).toISOString() });
  return result.transactionDetails!.map(({ transactionInfo }) => [transactionInfo?.transactionEventCode, transactionInfo?.transactionAmount?.value]);
}

describe('a dispute', () => {
  it('takes the money as a chargeback, and gives it back when it is won', async () => {
    const captureId = await paidCapture(held, '30.00');
    const before = (await movements()).length;
    const id = held.sandbox.disputes.open(captureId, { reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED' });
    expect(await read(id)).toMatchObject({
      dispute_id: id,
      status: 'WAITING_FOR_SELLER_RESPONSE',
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      dispute_life_cycle_stage: 'CHARGEBACK',
      dispute_amount: { currency_code: 'USD', value: '30.00' },
      seller_response_due_date: expect.any(String),
      disputed_transactions: [{ seller_transaction_id: captureId, custom: 'custom-1' }],
    });
    expect((await movements()).slice(before)).toEqual([['T1201', '-30.00'], ['T0106', '-20.00']]);
    expect((await act(id, 'provide-evidence', { evidences: [{ evidence_type: 'PROOF_OF_FULFILLMENT', notes: 'Delivered.' }] })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'UNDER_REVIEW', evidences: [{ notes: 'Delivered.', source: 'SUBMITTED_BY_SELLER' }] });
    held.sandbox.disputes.close(id, 'won');
    expect(await read(id)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR', amount_refunded: { value: '0.00' } } });
    expect((await movements()).slice(before + 2)).toEqual([['T1202', '30.00']]);
    expect(eventsOf(id)).toEqual(['CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED']);
  });

  it('takes the money of an inquiry only when the seller accepts it', async () => {
    const captureId = await paidCapture(held, '12.00');
    const before = (await movements()).length;
    const id = held.sandbox.disputes.open(captureId, { stage: 'INQUIRY', amountMinor: 500n });
    expect((await read(id)).status).toBe('OPEN');
    expect((await act(id, 'send-message', { message: 'What is wrong with it?' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'WAITING_FOR_BUYER_RESPONSE', messages: [{ posted_by: 'BUYER' }, { posted_by: 'SELLER', content: 'What is wrong with it?' }] });
    expect((await movements()).length).toBe(before);
    expect((await act(id, 'accept-claim', { note: 'We give it back.' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR', amount_refunded: { value: '5.00' } } });
    expect((await movements()).slice(before)).toEqual([['T1106', '-5.00']]);
    expect(held.sandbox.events().at(-2)).toMatchObject({ event_type: 'PAYMENT.CAPTURE.REVERSED', resource: { id: captureId } });
  });

  it('shows what may be done, and refuses the rest', async () => {
    const id = held.sandbox.disputes.open(await paidCapture(held, '12.00'), { stage: 'INQUIRY' });
    expect((await read(id)).links.map(({ rel }) => rel)).toEqual(['self', 'accept_claim', 'send_message', 'escalate']);
    expect(await act(id, 'provide-evidence', { evidences: [{ evidence_type: 'OTHER' }] })).toMatchObject({ status: 422, body: { details: [{ issue: 'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE' }] } });
    held.sandbox.disputes.escalate(id);
    expect((await read(id)).links.map(({ rel }) => rel)).toEqual(['self', 'accept_claim', 'provide_evidence']);
    expect((await act(id, 'accept-claim', {})).status).toBe(200);
    expect(await act(id, 'accept-claim', {})).toMatchObject({ status: 422 });
    expect((await read(id)).links.map(({ rel }) => rel)).toEqual(['self']);
  });

  it('is decided by the evidence, which may come in parts', async () => {
    const id = held.sandbox.disputes.open(await paidCapture(held, '12.00'));
    expect(await act(id, 'provide-evidence', { evidences: [{ evidence_type: 'OTHER', documents: [{ name: 'absent.pdf' }] }] })).toMatchObject({ status: 422, body: { details: [{ issue: 'DOCUMENT_NOT_FOUND' }] } });
    const boundary = 'parts';
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="input"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ evidences: [{ evidence_type: 'OTHER', notes: 'losing_evidence' }] })}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file1"; filename="log.pdf"\r\nContent-Type: application/pdf\r\n\r\nused on Monday\r\n--${boundary}--\r\n`;
    const response = await fetch(`${held.sandbox.url}/v1/customer/disputes/${id}/provide-evidence`, { method: 'POST', headers: { authorization: `Bearer ${await accessToken(held.sandbox)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }, body });
    expect(response.status).toBe(200);
    held.sandbox.clock.move(new Date(held.sandbox.clock.now().getTime() + 3_600_000));
    expect(await read(id)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } });
    held.sandbox.clock.move(null);
  });

  it('may be appealed once it is lost, and is decided anew', async () => {
    const id = held.sandbox.disputes.open(await paidCapture(held, '12.00'));
    held.sandbox.disputes.close(id, 'lost');
    expect((await read(id)).links.map(({ rel }) => rel)).toEqual(['self', 'appeal']);
    expect((await act(id, 'appeal', { evidences: [{ evidence_type: 'OTHER', notes: 'winning_evidence' }] })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'UNDER_REVIEW' });
    held.sandbox.clock.move(new Date(held.sandbox.clock.now().getTime() + 3_600_000));
    expect(await read(id)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' } });
    held.sandbox.clock.move(null);
    held.sandbox.disputes.overturn(id);
    expect((await read(id)).links.map(({ rel }) => rel)).toEqual(['self']);
  });

  it('is listed, page by page', async () => {
    const captureId = await paidCapture(held, '12.00');
    const id = held.sandbox.disputes.open(captureId);
    const list = async (query: string) => (await ask<{ items: ShownDispute[]; links: { rel: string; href: string }[] }>(held.sandbox, 'GET', query)).body;
    expect((await list(`/v1/customer/disputes?disputed_transaction_id=${captureId}`)).items.map(({ dispute_id }) => dispute_id)).toEqual([id]);
    expect((await list('/v1/customer/disputes?dispute_state=REQUIRED_ACTION')).items.map(({ dispute_id }) => dispute_id)).toEqual([id]);
    const seen: string[] = [];
    let next: string | undefined = '/v1/customer/disputes?page_size=2';
    while (next) {
      const { items, links }: Awaited<ReturnType<typeof list>> = await list(next);
      seen.push(...items.map(({ dispute_id }) => dispute_id));
      next = links.find(({ rel }) => rel === 'next')?.href.replace(held.sandbox.url, '');
    }
    expect(seen).toHaveLength(held.sandbox.state().dispute!);
    expect(seen[0]).toBe(id);
  });
});
