import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { Exact, roundToMinor } from '../money/money';
import { ceilingOf, standing, type Decision, type RefusalReason } from './quota';
import { roomAt } from './rate-standing';
import { readRateUse } from './remaining-quota';
import { costOf } from './spend';
import { readCountersById, type CounterUse } from './store';
import { featureIn, grantIn, resetsAtOf, termsWithUse, type AccountTerms } from './terms';

export interface QuotaQuestion {
  feature: string;
  /** Units of a metered feature, or the level to move to; 1 unless said. */
  quantity?: bigint;
  /** The member of a list feature that is meant, such as a model's name. */
  value?: string;
}

interface Refusal {
  reason: RefusalReason;
  retryAfterSeconds: number | null;
}

const refusal = (reason: RefusalReason, retryAfterSeconds: number | null = null): Refusal => ({ reason, retryAfterSeconds });

/** Whole seconds from now until then, at least 1. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 1_000));
}

async function refusalByPace(context: Context, terms: AccountTerms, feature: string, quantity: bigint): Promise<Refusal | null> {
  const limits = terms.rates.get(feature);
  if (!limits) return null;
  const { rows, now } = await readRateUse(context, terms);
  let latest = now;
  for (const { rateId, limit } of limits) {
    const row = rows.find(({ id }) => id === rateId);
    const room = row ? roomAt(row, limit, quantity, now) : now;
    if (room === null) return refusal('rate_limited');
    if (room > latest) latest = room;
  }
  return latest > now ? refusal('rate_limited', secondsUntil(latest, now)) : null;
}

async function refusalBySpend(terms: AccountTerms, feature: string, quantity: bigint): Promise<Refusal | null> {
  const spend = terms.spend.get(feature);
  const mine = terms.counters.get(feature);
  if (!spend || !mine || !terms.subscription) return null;
  const { currency } = terms.subscription.price;
  const rows = await readCountersById(database(), spend.counterIds);
  const total = (more: bigint): bigint =>
    rows.reduce((sum, row) => sum + costOf(row, row.used + row.held + (row.id === mine.id ? more : 0n), currency), 0n);
  const before = total(0n);
  const after = total(quantity);
  return after > before && after > roundToMinor(new Exact(spend.amount), currency) ? refusal('spend_cap_reached') : null;
}

async function refusalOf(context: Context, terms: AccountTerms, { feature, quantity = 1n, value }: QuotaQuestion, use: CounterUse | undefined): Promise<Refusal | null> {
  const grant = grantIn(terms, featureIn(terms, feature));
  if (grant.refusal) return refusal(grant.refusal);
  const ceiling = ceilingOf(grant);
  switch (grant.feature.kind) {
    case 'boolean':
      return null;
    case 'list':
      return value !== undefined && !grant.allowed.includes(value) ? refusal('not_on_list') : null;
    case 'level':
      return ceiling !== null && quantity > ceiling ? refusal('limit_reached') : null;
    case 'metered':
    case 'rate': {
      const taken = (use?.used ?? 0n) + (use?.held ?? 0n);
      if (ceiling !== null && taken + quantity > ceiling) return refusal('limit_reached');
      return (await refusalByPace(context, terms, feature, quantity)) ?? refusalBySpend(terms, feature, quantity);
    }
  }
}

/**
 * Whether it may happen, without taking anything: by the time it happens the answer may be another, which is what
 * `consumeQuota` is for. Throws `unknown_feature`.
 */
export async function checkQuota(context: Context, question: QuotaQuestion): Promise<Decision> {
  const { terms, used } = await termsWithUse(context, context.clock.now());
  const feature = featureIn(terms, question.feature);
  const { policy, limit } = grantIn(terms, feature);
  const counter = terms.counters.get(feature.key);
  const use = used.get(feature.key);
  const refused = await refusalOf(context, terms, question, use);
  return {
    feature: feature.key,
    allowed: refused === null,
    reason: refused?.reason ?? null,
    quantity: question.quantity ?? 1n,
    policy,
    limit,
    used: use?.used ?? null,
    held: use?.held ?? null,
    ...(use ? standing(limit, use.used, use.held) : { remaining: null, overage: null }),
    resetsAt: counter ? resetsAtOf(counter) : null,
    retryAfterSeconds: refused?.retryAfterSeconds ?? null,
    event: null,
  };
}
