import type { Context } from '@/lib/core/context';
import type { Feature } from '../catalog/catalog';
import { grantOf, standing, type Quota } from './quota';
import { featureIn, termsWithUse, type AccountTerms } from './terms';

function quotaOf(terms: AccountTerms, feature: Feature, used: bigint | undefined): Quota {
  const { refusal, ...grant } = grantOf(feature, terms.subscription);
  const counted = used === undefined ? { used: null, remaining: null, overage: null } : { used, ...standing(grant.limit, used) };
  return { ...grant, reason: refusal, ...counted, resetsAt: used === undefined ? null : terms.period.end };
}

/** How every feature stands by those terms, in the order of the catalog. Pure. */
export function quotasOf(terms: AccountTerms, used: ReadonlyMap<string, bigint>): Quota[] {
  return [...terms.features.values()].map((feature) => quotaOf(terms, feature, used.get(feature.key)));
}

/** How every feature stands now, or the one named, in the order of the catalog. Throws `unknown_feature`. */
export async function remainingQuota(context: Context, featureKey?: string): Promise<Quota[]> {
  const { terms, used } = await termsWithUse(context, context.clock.now());
  if (featureKey === undefined) return quotasOf(terms, used);
  const feature = featureIn(terms, featureKey);
  return [quotaOf(terms, feature, used.get(feature.key))];
}
