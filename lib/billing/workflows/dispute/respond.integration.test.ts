import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { sampleEvidence } from '@/lib/testing/gateway-contract/disputes';
import { paidInvoice } from '@/lib/testing/paid-invoice';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { setSellerLanguage } from '../../accounts/seller-language';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { getDispute } from '../../payments/disputes/list-disputes';
import { adopt } from '../adopt/adopt';
import { performResponses } from './perform-responses';
import { remindOfDeadlines } from './remind-of-deadlines';
import { acceptDispute, answerDispute } from './respond';

useTestDatabase();
const start = new Date('2026-03-10T08:00:00Z');
const day = 86_400_000;
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
  return () => setPaymentGateways([]);
});

const told = (reference: string) => adopt({ actor: { kind: 'system', id: 'test' }, clock: new FixedClock(start), requestId: 'req_test' }, gateway, { kind: 'dispute', reference });
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)));
const { files, ...words } = sampleEvidence;
const auditOf = async ({ accountId }: Context) => (await database().auditEntry.findMany({ where: { accountId, action: { startsWith: 'dispute.' } }, orderBy: { id: 'asc' } })).map(({ action }) => action);
const mails = () => database().mail.findMany({ where: { recipient: 'billing@demo.example' }, orderBy: { id: 'asc' } });
/** When a response that was not heard is due again, in real time. */
const soon = () => new FixedClock(new Date(Date.now() + 10 * 60_000));

async function disputed(respondBy = new Date(start.getTime() + 10 * day)) {
  const world = await paidInvoice(sellerId, start);
  const reference = gateway.dispute(world.charge, { respondBy });
  await told(reference);
  const { id: disputeId } = await database().dispute.findFirstOrThrow({ where: { accountId: world.context.accountId } });
  return { ...world, reference, disputeId };
}

describe('an answer to a dispute', () => {
  it('is handed in once, however often it is given, and kept with its documents', async () => {
    const { context, disputeId } = await disputed();
    const answer = () => answerDispute(context, { disputeId, words, files });
    await Promise.all([1, 2, 3].map(answer));
    expect(await answer()).toMatchObject({ state: 'under_review', takes: [], response: { kind: 'answer', status: 'sent' } });
    expect([...gateway.answers.values()].map(({ evidence }) => evidence)).toEqual([{ ...words, files }]);
    expect(await database().disputeFile.count({ where: { response: { disputeId } } })).toBe(2);
    expect(await auditOf(context)).toEqual(['dispute.opened', 'dispute.answer_requested', 'dispute.answered', 'dispute.changed']);
    expect(await codeOf(answerDispute(context, { disputeId, words: { ...words, story: 'Another one' }, files }))).toBe('dispute_not_answerable');
  });

  it.each(['lost', 'away'] as const)('is sent again by itself when the gateway is not heard (%s)', async (script) => {
    const { context, disputeId } = await disputed();
    gateway.disputeScript = [script, 'taken'];
    expect(await answerDispute(context, { disputeId, words, files })).toMatchObject({ response: { status: 'requested' } });
    expect(await codeOf(acceptDispute(context, { disputeId }))).toBe('dispute_not_answerable');
    expect(await performResponses(soon())).toMatchObject({ known: 1 });
    expect(await getDispute(context, disputeId)).toMatchObject({ state: 'under_review', response: { status: 'sent' } });
    expect(gateway.answers.size).toBe(1);
    expect(await performResponses(soon())).toEqual({ known: 0, unknown: 0 });
  });

  it('is refused where the gateway refuses it or takes none, and may be given anew', async () => {
    const { context, disputeId, charge } = await disputed();
    gateway.disputeScript = ['refused', 'taken'];
    expect(await codeOf(answerDispute(context, { disputeId, words, files }))).toBe('dispute_not_answerable');
    expect(await getDispute(context, disputeId)).toMatchObject({ state: 'needs_response', response: { status: 'refused', failure: expect.any(String) } });
    expect(await answerDispute(context, { disputeId, words, files })).toMatchObject({ response: { status: 'sent' } });
    await told(gateway.dispute(charge, { state: 'won', withdrawnMinor: 0n }));
    expect(await codeOf(acceptDispute(context, { disputeId }))).toBe('dispute_not_answerable');
    expect(await codeOf(answerDispute(context, { disputeId, words: { ...words, story: 'x'.repeat(2001) }, files }))).toBe('dispute_not_answerable');
  });

  it('must not be longer than the gateway takes', async () => {
    const { context, disputeId } = await disputed();
    await expect(answerDispute(context, { disputeId, words: { ...words, story: 'x'.repeat(2001) }, files })).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'story' }] } });
    expect(gateway.answers.size).toBe(0);
  });

  it('may be given once more when the bank asks once more', async () => {
    const { context, disputeId, charge } = await disputed();
    await answerDispute(context, { disputeId, words, files });
    await told(gateway.dispute(charge, { state: 'needs_response' }));
    expect(await answerDispute(context, { disputeId, words: { ...words, story: 'More.' }, files })).toMatchObject({ state: 'under_review', response: { status: 'sent' } });
    expect(gateway.answers.size).toBe(2);
  });
});

describe('a dispute that is accepted', () => {
  it('is lost at once and once, also when a notice comes first', async () => {
    const { context, disputeId, reference } = await disputed();
    await Promise.all([acceptDispute(context, { disputeId }), acceptDispute(context, { disputeId })]);
    await told(reference);
    expect(await acceptDispute(context, { disputeId })).toMatchObject({ state: 'lost', loss: 'write_off', response: { kind: 'accept', status: 'sent' } });
    expect(await database().ledgerTransaction.count({ where: { accountId: context.accountId, kind: 'dispute_lost' } })).toBe(1);
  });

  it('is not another account’s to accept or to answer', async () => {
    const { disputeId } = await disputed();
    const stranger = await paidInvoice(sellerId, start);
    expect(await codeOf(acceptDispute(stranger.context, { disputeId }))).toBe('not_found');
    expect(await codeOf(answerDispute(stranger.context, { disputeId, words, files }))).toBe('not_found');
  });
});

describe('the seller', () => {
  it('is told in the seller’s language, and reminded once before the time for an answer is over', async () => {
    const first = await disputed();
    await setSellerLanguage(first.context, { language: 'zh' });
    const before = (await mails()).length;
    const second = await disputed();
    const opened = (await mails()).slice(before);
    expect(opened[0]?.subject).toContain('提出争议');
    expect(opened[0]?.text).toMatch(/请在 2026年3月20日 08:00（UTC）前/);

    const later = await disputed(new Date(start.getTime() + 20 * day));
    const answered = await disputed();
    await answerDispute(answered.context, { disputeId: answered.disputeId, words, files });
    const remindersAfter = async (days: number) => {
      await Promise.all([1, 2].map(() => remindOfDeadlines(new FixedClock(new Date(start.getTime() + days * day)))));
      const counts = [first, second, later, answered].map(({ disputeId }) => database().auditEntry.count({ where: { subject: disputeId, action: 'dispute.reminded' } }));
      return Promise.all(counts);
    };
    expect(await remindersAfter(6)).toEqual([0, 0, 0, 0]);
    expect(await remindersAfter(8)).toEqual([1, 1, 0, 0]);
    expect(await remindersAfter(9)).toEqual([1, 1, 0, 0]);
    expect((await mails()).at(-1)?.subject).toContain('仍待您回应');
  });
});
