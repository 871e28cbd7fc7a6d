import { describe, expect, it } from 'vitest';
import type { DisputeAnswer, DisputeEvidence, EvidenceFile } from '@/lib/billing/payments/gateway/disputes';
import { newId } from '@/lib/core/ids';
import type { GatewayBench } from './bench';
import { currency, stepsOn } from './steps';

const pdf = (kind: EvidenceFile['kind'], name: string): EvidenceFile => ({ kind, name, content: Uint8Array.from(Buffer.from(`%PDF-1.7\r\n${name} \u00e4\u4e2d\r\n--\r\n%%EOF`)) });

/** The story of a customer whose name is not written in Latin letters, with both documents. */
export const sampleEvidence: DisputeEvidence = {
  story: 'The customer used the service daily. 客户每天都在使用。', customerName: '示例客户', customerEmail: 'buyer@demo.example', product: 'Demo plan', served: { from: '2026-03-01', to: '2026-03-31' },
  refundPolicy: 'Within 14 days.', files: [pdf('receipt', 'invoice.pdf'), pdf('activity_log', 'log-of-use.pdf')],
};

/** What a gateway promises of disputes. */
export function describeDisputes(bench: GatewayBench): void {
  const { gateway } = bench;
  const { paid } = stepsOn(bench);
  const disputed = async (): Promise<string> => bench.openDispute!((await paid()).charge);
  const answerTo = (reference: string, change: Partial<DisputeEvidence> = {}): DisputeAnswer => ({ idempotencyKey: newId('dre'), reference, evidence: { ...sampleEvidence, ...change } });

  describe.skipIf(!bench.openDispute)('disputes', () => {
    it('tell what the bank holds back, until when it takes an answer, and what may be done', async () => {
      const { charge } = await paid();
      const reference = await bench.openDispute!(charge);
      expect(await gateway.readDispute(reference)).toMatchObject({
        reference, charge, state: 'needs_response', amountMinor: 2999n, currency, withdrawnMinor: 2999n, respondBy: expect.any(Date), takes: expect.arrayContaining(['answer', 'accept']),
      });
    });

    it.skipIf(!bench.closeDispute).each([true, false])('tell how they ended (won: %s), also when that is decided otherwise', async (won) => {
      const reference = await disputed();
      await bench.closeDispute!(reference, won);
      const ends = (isWon: boolean) => ({ state: isWon ? 'won' : 'lost', withdrawnMinor: isWon ? 0n : 2999n });
      expect(await gateway.readDispute(reference)).toMatchObject(ends(won));
      if (!bench.overturnDispute) return;
      await bench.overturnDispute(reference);
      expect(await gateway.readDispute(reference)).toMatchObject(ends(!won));
    });

    it.skipIf(!gateway.capabilities.disputeEvidence)('are answered with evidence, once for one key', async () => {
      const reference = await disputed();
      const answer = answerTo(reference);
      await gateway.answerDispute(answer);
      await gateway.answerDispute(answer);
      expect(await gateway.readDispute(reference)).toMatchObject({ state: 'under_review', withdrawnMinor: 2999n, takes: expect.not.arrayContaining(['answer']) });
      await bench.seenEvidence?.(reference, answer.evidence);
    });

    it('are given in to, once for one key', async () => {
      const reference = await disputed();
      const acceptance = { idempotencyKey: newId('dre'), reference };
      await gateway.acceptDispute(acceptance);
      await gateway.acceptDispute(acceptance);
      expect(await gateway.readDispute(reference)).toMatchObject({ state: 'lost', withdrawnMinor: 2999n, takes: [] });
    });

    it.skipIf(!bench.closeDispute)('take no answer once they are won', async () => {
      const reference = await disputed();
      await bench.closeDispute!(reference, true);
      await expect(gateway.answerDispute(answerTo(reference))).rejects.toMatchObject({ name: 'GatewayRefusal' });
      await expect(gateway.acceptDispute({ idempotencyKey: newId('dre'), reference })).rejects.toMatchObject({ name: 'GatewayRefusal' });
    });

    it('are not known where there is none', async () => {
      await expect(gateway.answerDispute(answerTo('du_unknown'))).rejects.toMatchObject({ code: 'unknown_reference' });
    });
  });
}
