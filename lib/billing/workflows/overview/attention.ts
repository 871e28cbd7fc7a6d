import type { Feature, LimitPolicy, Localized } from '../../catalog/catalog';
import type { PaymentMethod } from '../../payments/attempt';
import { expiresAt, validityOf } from '../../payments/methods/payment-method';
import type { Subscription } from '../../subscriptions/subscription';
import { isTrialPeriod, lapses } from '../../subscriptions/trial';
import type { UsageSummary } from '../../usage/usage';

/** Open invoices that stand alike, in one currency. */
export interface OwedInvoices {
  /** Failed: its charge did, and is made again. Awaited: a change is carried out when it is paid. */
  state: 'failed' | 'overdue' | 'awaited' | 'due';
  currency: string;
  count: number;
  /** Still to pay in all, in minor units. */
  dueMinor: bigint;
  /** The one that is due first. */
  invoiceId: string;
  invoiceNumber: string | null;
  dueAt: Date | null;
  /** When a failed one is charged again next; null: not known, or none is. */
  nextAttemptAt: Date | null;
  /** Until when an awaited one can be paid. */
  heldUntil: Date | null;
}

/** Something that somebody should know or do. */
export type Attention =
  | ({ kind: `invoices_${OwedInvoices['state']}` } & Omit<OwedInvoices, 'state'>)
  | { kind: 'plan_past_due'; plan: Localized }
  | { kind: 'limit_reached' | 'limit_near' | 'limit_passed'; feature: Feature; used: bigint; limit: bigint; policy: LimitPolicy | null }
  | { kind: 'method_expired' | 'method_expiring'; label: string; /** The end of its last month. */ at: Date }
  | { kind: 'trial_ending'; plan: Localized; at: Date; /** Whether it ends without becoming paid. */ lapses: boolean }
  | { kind: 'plan_paused'; plan: Localized; resumesAt: Date | null }
  | { kind: 'cancellation_scheduled'; plan: Localized; at: Date }
  | { kind: 'change_scheduled'; plan: Localized; to: Localized; at: Date }
  | { kind: 'alerts_unread'; count: number }
  | { kind: 'no_plan' };

export type Urgency = 'urgent' | 'soon' | 'notice';

/** Every kind, the most urgent first. */
const urgencies = {
  invoices_failed: 'urgent',
  invoices_overdue: 'urgent',
  plan_past_due: 'urgent',
  limit_reached: 'urgent',
  invoices_awaited: 'soon',
  method_expired: 'soon',
  trial_ending: 'soon',
  invoices_due: 'soon',
  limit_near: 'soon',
  limit_passed: 'soon',
  method_expiring: 'soon',
  plan_paused: 'notice',
  no_plan: 'notice',
  cancellation_scheduled: 'notice',
  change_scheduled: 'notice',
  alerts_unread: 'notice',
} as const satisfies Record<Attention['kind'], Urgency>;

const order = Object.keys(urgencies);

/** How soon somebody should look at it. */
export function urgencyOf({ kind }: Pick<Attention, 'kind'>): Urgency {
  return urgencies[kind];
}

/** All that decides what wants attention. */
export interface AttentionFacts {
  subscription: Subscription | null;
  summary: Pick<UsageSummary, 'items' | 'grants'>;
  unreadAlerts: number;
  /** Null for somebody who has nothing to do with money. */
  paying: { owed: readonly OwedInvoices[]; methods: readonly PaymentMethod[] } | null;
  /** Whether the account has a way to pay on file. */
  hasMethod: boolean;
  now: Date;
}

/** From which share of a limit on it counts as near, in percent. */
const nearPercent = 80n;

type Counted = { feature: Feature; used: bigint | null; limit: bigint | null; policy: LimitPolicy | null };

function limitAttention({ feature, used, limit, policy }: Counted): Attention[] {
  if (limit === null || limit === 0n || used === null) return [];
  const stand = (kind: 'limit_reached' | 'limit_near' | 'limit_passed'): Attention[] => [{ kind, feature, used, limit, policy }];
  if (used >= limit && policy === 'block') return stand('limit_reached');
  if (used > limit) return stand('limit_passed');
  return used * 100n >= limit * nearPercent ? stand('limit_near') : [];
}

/** What the default method, which is charged by itself, wants. */
function methodAttention(methods: readonly PaymentMethod[], now: Date): Attention[] {
  const method = methods.find(({ isDefault }) => isDefault);
  const at = method && expiresAt(method);
  if (!method || !at) return [];
  const validity = validityOf(method, now);
  return validity === 'valid' ? [] : [{ kind: validity === 'expired' ? 'method_expired' : 'method_expiring', label: method.label, at }];
}

function planAttention(subscription: Subscription | null, hasMethod: boolean): Attention[] {
  if (!subscription) return [{ kind: 'no_plan' }];
  const { status, plan: { name: plan }, currentPeriod: { end: at }, pendingPrice } = subscription;
  if (status === 'paused') return [{ kind: 'plan_paused', plan, resumesAt: subscription.resumesAt }];
  const found: Attention[] = [];
  if (subscription.cancelAtPeriodEnd) found.push({ kind: 'cancellation_scheduled', plan, at });
  else if (isTrialPeriod(subscription)) found.push({ kind: 'trial_ending', plan, at, lapses: lapses(subscription, hasMethod) });
  if (pendingPrice) found.push({ kind: 'change_scheduled', plan, to: pendingPrice.plan.name, at });
  return found;
}

/** What wants attention, the most urgent first. Pure. */
export function attentionOf({ subscription, summary, unreadAlerts, paying, hasMethod, now }: AttentionFacts): Attention[] {
  const owed = (paying?.owed ?? []).map(({ state, ...invoices }): Attention => ({ kind: `invoices_${state}`, ...invoices }));
  // Whoever sees the invoice that failed need not be told of the plan as well.
  const pastDue = subscription?.status === 'past_due' && !owed.some(({ kind }) => kind === 'invoices_failed');
  const found: Attention[] = [
    ...owed,
    ...(pastDue ? [{ kind: 'plan_past_due' as const, plan: subscription.plan.name }] : []),
    ...[...summary.items, ...summary.grants].flatMap(limitAttention),
    ...(paying ? methodAttention(paying.methods, now) : []),
    ...planAttention(subscription, hasMethod),
    ...(unreadAlerts > 0 ? [{ kind: 'alerts_unread' as const, count: unreadAlerts }] : []),
  ];
  return found.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}
