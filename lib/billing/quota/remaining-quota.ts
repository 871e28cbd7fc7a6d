import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Feature } from '../catalog/catalog';
import { grantIn, featureIn, resetsAtOf, termsWithUse, type AccountTerms } from './terms';
import { standing, type Quota } from './quota';
import { rateStandings, type RateUse } from './rate-standing';
import { readRates, type CounterUse } from './store';

function quotaOf(terms: AccountTerms, feature: Feature, use: CounterUse | undefined, rates: RateUse): Quota {
  const { refusal, rolloverCap: _, overageAmount: __, ...grant } = grantIn(terms, feature);
  const counter = terms.counters.get(feature.key);
  const common = { ...grant, reason: refusal, rates: rateStandings(terms, feature, rates) };
  if (!counter || !use) return { ...common, reset: null, used: null, held: null, remaining: null, overage: null, resetsAt: null };
  const { used, held } = use;
  return {
    ...common,
    reset: feature.kind === 'metered' ? grant.reset : null,
    used,
    held,
    ...standing(grant.limit, used, held),
    resetsAt: resetsAtOf(counter),
  };
}

/** How every feature stands by those terms, in the order of the catalog. Pure. */
export function quotasOf(terms: AccountTerms, used: ReadonlyMap<string, CounterUse>, rates: RateUse): Quota[] {
  return [...terms.features.values()].map((feature) => quotaOf(terms, feature, used.get(feature.key), rates));
}

/** What was taken lately of the features that have a limit of pace. */
export async function readRateUse(context: Context, terms: AccountTerms): Promise<RateUse> {
  const rows = terms.rates.size === 0 ? [] : await readRates(database(), context.accountId);
  return { rows, now: context.clock.now() };
}

/** How every feature stands now, or the one named, in the order of the catalog. Throws `unknown_feature`. */
export async function remainingQuota(context: Context, featureKey?: string): Promise<Quota[]> {
  const { terms, used } = await termsWithUse(context, context.clock.now());
  if (featureKey === undefined) return quotasOf(terms, used, await readRateUse(context, terms));
  const feature = featureIn(terms, featureKey);
  const rates = terms.rates.has(featureKey) ? await readRateUse(context, terms) : { rows: [], now: context.clock.now() };
  return [quotaOf(terms, feature, used.get(feature.key), rates)];
}
