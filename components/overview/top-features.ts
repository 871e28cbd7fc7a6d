import type { UsageSummaryDto } from '../usage/types';

/** A counted feature with how it stands, metered or a level. */
export interface TopFeature {
  feature: UsageSummaryDto['items'][number]['feature'];
  used: string;
  held: string;
  limit: string | null;
}

const shareOf = ({ used, limit }: TopFeature): number => (limit === null || limit === '0' ? 0 : Number(used) / Number(limit));

/** What the plan counts: closest to its limit first, then what is used without one. */
export function topFeatures({ items, grants }: Pick<UsageSummaryDto, 'items' | 'grants'>): TopFeature[] {
  const metered = items.filter(({ included, used }) => included || used !== '0').map(({ feature, used, held, limit }) => ({ feature, used, held, limit }));
  const levels = grants
    .filter(({ enabled, feature }) => enabled && feature.kind === 'level')
    .map(({ feature, used, held, limit }) => ({ feature, used: used ?? '0', held: held ?? '0', limit }));
  const rank = (one: TopFeature): number => shareOf(one) || (one.used === '0' ? -1 : 0);
  return [...metered, ...levels].sort((one, other) => rank(other) - rank(one));
}
