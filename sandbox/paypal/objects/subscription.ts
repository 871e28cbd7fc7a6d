import { buyers, payerOf, type BuyerName } from '../buyers';
import { unprocessable } from '../errors';
import { newId } from '../ids';
import { minorOf } from '../money';
import type { Link } from '../resource';
import type { Sandbox } from '../sandbox';
import type { EventType } from '../events';
import type { Capture } from './capture';
import { planMoney, plans, type Plan } from './plan';

export type SubscriptionStatus = 'APPROVAL_PENDING' | 'APPROVED' | 'ACTIVE' | 'SUSPENDED' | 'CANCELLED' | 'EXPIRED';

export interface Subscription {
  id: string;
  /** The agreement that its buyer approves. */
  agreement: string;
  plan: string;
  status: SubscriptionStatus;
  customId: string | null;
  quantity: number;
  /** Whether the approval starts it, or the seller does so afterwards. */
  startsByApproval: boolean;
  returnUrl: string | null;
  cancelUrl: string | null;
  locale: string | null;
  buyer: BuyerName | null;
  /** What becomes of its payments after the first. */
  charges: 'completes' | 'declined';
  /** How many periods of each cycle began, by the order of cycles. */
  completed: number[];
  /** Minor units that should have been paid and were not. */
  outstanding: string;
  failures: number;
  lastPayment: { minor: string; time: string } | null;
  lastFailure: { minor: string; time: string; retry: string | null } | null;
  /** Milliseconds since 1970. */
  start: number;
  nextBilling: number | null;
  note: string | null;
  createTime: string;
  updateTime: string;
  statusTime: string;
}

export const subscriptions = (sandbox: Sandbox) => sandbox.tables.of<Subscription>('subscription');

export const planOf = (sandbox: Sandbox, { plan }: Pick<Subscription, 'plan'>): Plan => plans(sandbox).get(plan)!;

const subscriptionApprovalUrl = (sandbox: Sandbox, { agreement }: Subscription): string => `${sandbox.url}/webapps/billing/subscriptions?ba_token=${agreement}`;

function linksOf(sandbox: Sandbox, subscription: Subscription): Link[] {
  const href = `${sandbox.url}/v1/billing/subscriptions/${subscription.id}`;
  const action = (rel: string): Link => ({ href: `${href}/${rel}`, rel, method: 'POST' });
  const onward: Record<SubscriptionStatus, Link[]> = {
    APPROVAL_PENDING: [{ href: subscriptionApprovalUrl(sandbox, subscription), rel: 'approve', method: 'GET' }],
    APPROVED: [action('activate')],
    ACTIVE: [action('cancel'), action('suspend'), action('capture')],
    SUSPENDED: [action('activate'), action('cancel')],
    CANCELLED: [],
    EXPIRED: [],
  };
  return [...onward[subscription.status], { href, rel: 'self', method: 'GET' }];
}

function billingOf(sandbox: Sandbox, subscription: Subscription, plan: Plan) {
  const { completed, outstanding, lastPayment, lastFailure, nextBilling, failures, status } = subscription;
  const money = (minor: string) => planMoney(plan, BigInt(minor));
  return {
    outstanding_balance: money(outstanding),
    cycle_executions: plan.cycles.map(({ tenure_type, sequence, total_cycles }, index) => ({
      tenure_type,
      sequence,
      cycles_completed: completed[index] ?? 0,
      cycles_remaining: total_cycles === 0 ? 0 : total_cycles - (completed[index] ?? 0),
      current_pricing_scheme_version: 1,
      total_cycles,
    })),
    ...(lastPayment && { last_payment: { amount: money(lastPayment.minor), time: lastPayment.time } }),
    ...(nextBilling !== null && status === 'ACTIVE' && { next_billing_time: sandbox.at(nextBilling) }),
    failed_payments_count: failures,
    ...(lastFailure && { last_failed_payment: { amount: money(lastFailure.minor), time: lastFailure.time, reason_code: 'PAYMENT_DENIED', ...(lastFailure.retry && { next_payment_retry_time: lastFailure.retry }) } }),
  };
}

/** A subscription as it is shown: `full` with everything, else its state and the ways on. */
export function subscriptionView(sandbox: Sandbox, subscription: Subscription, full = true) {
  const links = linksOf(sandbox, subscription);
  const { id, status, plan, customId, quantity, start, createTime, updateTime, statusTime, note, buyer } = subscription;
  if (!full) return { id, status, links };
  const { name, email_address, payer_id } = buyer ? payerOf(buyers[buyer]) : { name: undefined, email_address: undefined, payer_id: undefined };
  return {
    id,
    status,
    status_update_time: statusTime,
    ...(note !== null && { status_change_note: note }),
    plan_id: plan,
    plan_overridden: false,
    start_time: sandbox.at(start),
    quantity: String(quantity),
    ...(customId !== null && { custom_id: customId }),
    ...(buyer && { subscriber: { name, email_address, payer_id }, billing_info: billingOf(sandbox, subscription, planOf(sandbox, subscription)) }),
    create_time: createTime,
    update_time: updateTime,
    links,
  };
}

/** Tells what happened to a subscription. */
export function tell(sandbox: Sandbox, type: EventType, subscription: Subscription, summary: string): void {
  subscription.updateTime = sandbox.now();
  sandbox.emit(type, 'subscription', subscriptionView(sandbox, subscription), summary);
}

/** Changes the state of a subscription and tells it. */
export function turn(sandbox: Sandbox, subscription: Subscription, status: 'ACTIVE' | 'SUSPENDED' | 'CANCELLED' | 'EXPIRED', note: string | null): void {
  Object.assign(subscription, { status, note, statusTime: sandbox.now() });
  const word = status === 'ACTIVE' ? 'ACTIVATED' : status;
  tell(sandbox, `BILLING.SUBSCRIPTION.${word}`, subscription, `Subscription ${word.toLowerCase()}`);
}

/** Throws unless a subscription is in one of these states. */
export function assertStatus({ status }: Subscription, action: string, allowed: readonly SubscriptionStatus[]): void {
  if (allowed.includes(status)) return;
  throw unprocessable('SUBSCRIPTION_STATUS_INVALID', `Invalid subscription status for ${action} action; subscription status should be ${allowed.map((one) => one.toLowerCase()).join(' or ')}.`);
}

export type NewSubscription = Pick<Subscription, 'customId' | 'quantity' | 'startsByApproval' | 'returnUrl' | 'cancelUrl' | 'locale'> & { plan: Plan; start: number | null };

/** Makes a subscription that waits for its buyer. Throws PayPal's refusals. */
export function createSubscription(sandbox: Sandbox, { plan, start, ...wish }: NewSubscription): Subscription {
  if (plan.status !== 'ACTIVE') throw unprocessable('PLAN_STATUS_INVALID', 'Invalid plan status for subscription creation; plan status should be active.', { field: '/plan_id', value: plan.id });
  if (wish.quantity !== 1 && !plan.quantitySupported) throw unprocessable('QUANTITY_NOT_SUPPORTED', 'Quantity is not supported for this subscription.', { field: '/quantity' });
  const now = sandbox.now();
  if (start !== null && start < sandbox.clock.now() - 1_000) throw unprocessable('INVALID_START_TIME', 'The start time must be greater than the current time.', { field: '/start_time' });
  const made = subscriptions(sandbox).insert({
    id: newId.subscription(),
    agreement: newId.agreement(),
    plan: plan.id,
    status: 'APPROVAL_PENDING',
    ...wish,
    buyer: null,
    charges: 'completes',
    completed: plan.cycles.map(() => 0),
    outstanding: '0',
    failures: 0,
    lastPayment: null,
    lastFailure: null,
    start: start ?? sandbox.clock.now(),
    nextBilling: null,
    note: null,
    createTime: now,
    updateTime: now,
    statusTime: now,
  });
  tell(sandbox, 'BILLING.SUBSCRIPTION.CREATED', made, 'Subscription created');
  return made;
}

/** What a subscription was paid, oldest first. */
export function salesOf(sandbox: Sandbox, { id }: Subscription): Capture[] {
  return sandbox.tables.of<Capture>('capture').where(({ of }) => 'subscription' in of && of.subscription === id);
}

/** The minor units of what a caller wants to have paid of the outstanding balance. Throws where that is more. */
export function assertOutstanding({ outstanding }: Subscription, amount: { currency_code: string; value: string }): bigint {
  const minor = minorOf(amount);
  if (minor > BigInt(outstanding)) throw unprocessable('AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE', 'The capture amount cannot be greater than the current outstanding balance amount.', { field: '/amount/value', value: amount.value });
  return minor;
}
