/** What people look for in the log, by what its actions begin with: `invoice.paid` is of `billing`. */
export const actionGroups = {
  account: ['account', 'seller', 'test_clock'],
  team: ['member', 'invitation'],
  access: ['identity', 'api_key', 'user_token', 'embed_token', 'webhook_endpoint', 'webhook_delivery'],
  subscription: ['subscription', 'coupon'],
  billing: [
    'invoice', 'credit_note', 'dunning', 'payment', 'payment_method', 'payment_setup', 'checkout', 'refund', 'dispute',
    'credit', 'top_up', 'automatic_top_up', 'welcome_credit', 'gateway_customer',
  ],
  limits: ['usage', 'quota_override', 'quota_boost', 'quota_thresholds', 'spend_cap', 'cost_centre', 'alert_settings'],
} as const satisfies Record<string, readonly string[]>;

export type ActionGroup = keyof typeof actionGroups;

export const actionGroupNames = Object.keys(actionGroups) as [ActionGroup, ...ActionGroup[]];

/** The group of an action; null for one that belongs to none. */
export function groupOf(action: string): ActionGroup | null {
  const [subject = ''] = action.split('.');
  return actionGroupNames.find((group) => (actionGroups[group] as readonly string[]).includes(subject)) ?? null;
}
