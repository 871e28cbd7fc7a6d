import type { Context } from '@/lib/core/context';
import type { Decision, Quota, RefusalReason } from './quota';
import { remainingQuota } from './remaining-quota';

export interface QuotaQuestion {
  feature: string;
  /** Units of a metered feature, or the level to move to; 1 unless said. */
  quantity?: bigint;
  /** The member of a list feature that is meant, such as a model's name. */
  value?: string;
}

function refusalOf(quota: Quota, quantity: bigint, value: string | undefined): RefusalReason | null {
  if (quota.reason) return quota.reason;
  switch (quota.feature.kind) {
    case 'boolean':
    case 'rate':
      return null;
    case 'list':
      return value !== undefined && !quota.allowed.includes(value) ? 'not_on_list' : null;
    case 'level':
      return quota.limit !== null && quantity > quota.limit ? 'limit_reached' : null;
    case 'metered':
      return quota.policy === 'block' && quota.limit !== null && (quota.used ?? 0n) + quantity > quota.limit ? 'limit_reached' : null;
  }
}

/**
 * Whether it may happen, without taking anything: by the time it happens the answer may be another, which is what
 * `consumeQuota` is for. Throws `unknown_feature`.
 */
export async function checkQuota(context: Context, { feature, quantity = 1n, value }: QuotaQuestion): Promise<Decision> {
  const [quota] = await remainingQuota(context, feature);
  if (!quota) throw new Error('A known feature has a quota.');
  const reason = refusalOf(quota, quantity, value);
  const { policy, limit, used, remaining, overage, resetsAt } = quota;
  return { feature, allowed: reason === null, reason, quantity, policy, limit, used, remaining, overage, resetsAt };
}
