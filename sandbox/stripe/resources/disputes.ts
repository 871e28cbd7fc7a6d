import { isWithin, listOf } from '../lists';
import { answerDispute, closeDispute, dispute, evidenceNames, judgeDispute, type EvidenceName } from '../objects/dispute';
import { earlyFraudWarning } from '../objects/early-fraud-warning';
import { boolean, hash, mergeMetadata, metadata, pagination, range, text } from '../parameters';
import { get, post, type Resource } from '../resource';

const evidence = hash(Object.fromEntries(evidenceNames.map((name) => [name, text(20_000).optional()])) as Record<EvidenceName, ReturnType<ReturnType<typeof text>['optional']>>);

export const disputes: Resource = {
  kinds: [dispute, earlyFraudWarning],
  jobs: { judge_dispute: judgeDispute },
  routes: [
    get('/v1/disputes', {
      returns: dispute,
      parameters: { ...pagination, created: range().optional(), charge: text().optional(), payment_intent: text().optional() },
      answer({ sandbox, parameters: { created, charge, payment_intent, ...page } }) {
        const rows = sandbox.rows(dispute).where((one) => isWithin(one.created, created) && (!charge || one.charge === charge) && (!payment_intent || one.payment_intent === payment_intent));
        return listOf('/v1/disputes', rows, page);
      },
    }),
    get('/v1/disputes/:id', { returns: dispute, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(dispute, path.id!) }),
    post('/v1/disputes/:id', {
      returns: dispute,
      parameters: { evidence: evidence.optional(), metadata: metadata().optional(), submit: boolean().optional() },
      answer({ sandbox, path, parameters }) {
        const one = sandbox.get(dispute, path.id!);
        if (parameters.evidence || parameters.submit) answerDispute(sandbox, one, parameters.evidence ?? {}, parameters.submit ?? true);
        one.metadata = mergeMetadata(one.metadata, parameters.metadata);
        return one;
      },
    }),
    post('/v1/disputes/:id/close', { returns: dispute, parameters: {}, answer: ({ sandbox, path }) => closeDispute(sandbox, sandbox.get(dispute, path.id!), 'lost') }),
    get('/v1/radar/early_fraud_warnings', {
      returns: earlyFraudWarning,
      parameters: { ...pagination, created: range().optional(), charge: text().optional(), payment_intent: text().optional() },
      answer({ sandbox, parameters: { created, charge, payment_intent, ...page } }) {
        const rows = sandbox.rows(earlyFraudWarning).where((one) => isWithin(one.created, created) && (!charge || one.charge === charge) && (!payment_intent || one.payment_intent === payment_intent));
        return listOf('/v1/radar/early_fraud_warnings', rows, page);
      },
    }),
    get('/v1/radar/early_fraud_warnings/:id', { returns: earlyFraudWarning, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(earlyFraudWarning, path.id!) }),
  ],
};
