import { z } from 'zod';
import { featureDto } from '../catalog/schema';

const reason = z
  .enum(['limit_reached', 'feature_not_included', 'not_on_list', 'no_subscription', 'subscription_paused'])
  .nullable()
  .describe('Why it is refused. Null when it is not.');
const policy = z.enum(['block', 'overage', 'warn']).nullable().describe('What happens past the limit: refuse, accept and charge, or accept and warn.');

const counted = {
  policy,
  limit: z.bigint().nullable().describe('Units a period (metered) or at once (level). Null: unlimited, or not counted.'),
  used: z.bigint().nullable().describe('Units counted in this period. Null for features that are not metered.'),
  remaining: z.bigint().nullable().describe('What is left of the limit. Null: unlimited, or not counted.'),
  overage: z.bigint().nullable().describe('Units past the limit. Null where there is no limit, or nothing is counted.'),
  resetsAt: z.date().nullable().describe('When the limit begins anew. Null for features that are not metered.'),
};

export const quotaDto = z.object({
  feature: featureDto,
  enabled: z.boolean().describe('Whether the plan includes the feature.'),
  reason,
  allowed: z.array(z.string()).describe('The members of a list feature, such as the models the plan may call.'),
  ...counted,
});

export const decisionDto = z.object({
  feature: z.string(),
  allowed: z.boolean(),
  reason,
  quantity: z.bigint(),
  ...counted,
});
