import { buyers, type BuyerName } from '../buyers';
import { instrumentDeclined } from '../errors';
import type { Sandbox } from '../sandbox';
import { takePayment, type Capture } from './capture';
import { planMoney, priceOf, setupFeeOf, type BillingCycle, type Frequency, type Plan } from './plan';
import { planOf, subscriptions, tell, turn, type Subscription } from './subscription';

const day = 86_400_000;
const retryAfter = 5 * day;

/** The end of a period that begins at a moment; a day of the month that the month lacks is its last. */
function periodEnd(from: number, { interval_unit, interval_count }: Frequency, dayOfMonth: number): number {
  if (interval_unit === 'DAY') return from + interval_count * day;
  if (interval_unit === 'WEEK') return from + interval_count * 7 * day;
  const date = new Date(from);
  const month = date.getUTCMonth() + interval_count * (interval_unit === 'YEAR' ? 12 : 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(dayOfMonth, last), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds());
}

function cycleOf(plan: Plan, { completed }: Subscription): { cycle: BillingCycle; index: number } | null {
  const index = plan.cycles.findIndex(({ total_cycles }, at) => total_cycles === 0 || completed[at]! < total_cycles);
  return index < 0 ? null : { cycle: plan.cycles[index]!, index };
}

/** Whether the buyer is there, as at the approval, or away. */
type Presence = 'present' | 'away';

/** Has the buyer pay so many minor units; null when they do not. */
function charge(sandbox: Sandbox, subscription: Subscription, plan: Plan, minor: bigint, presence: Presence): Capture | null {
  const buyer = subscription.buyer!;
  const declined = presence === 'present' ? ['declined', 'denied'].includes(buyers[buyer].approved) : subscription.charges === 'declined';
  if (declined) return null;
  const amount = planMoney(plan, minor);
  subscription.lastPayment = { minor: minor.toString(), time: sandbox.now() };
  subscription.failures = 0;
  return takePayment(sandbox, { of: { subscription: subscription.id }, amount, invoiceId: null, customId: subscription.customId, buyer, code: 'T0002', outcome: 'completes' });
}

/** What was not paid is owed, and tried again in five days; too many failures suspend the subscription. */
function noteFailure(sandbox: Sandbox, subscription: Subscription, plan: Plan, minor: bigint): void {
  const { auto_bill_outstanding, payment_failure_threshold } = plan.preferences;
  subscription.failures += 1;
  subscription.outstanding = minor.toString();
  const over = payment_failure_threshold > 0 && subscription.failures >= payment_failure_threshold;
  const retries = auto_bill_outstanding && !over;
  subscription.lastFailure = { minor: minor.toString(), time: sandbox.now(), retry: retries ? sandbox.at(sandbox.clock.now() + retryAfter) : null };
  tell(sandbox, 'BILLING.SUBSCRIPTION.PAYMENT.FAILED', subscription, 'Subscription payment failed');
  if (over) return turn(sandbox, subscription, 'SUSPENDED', 'Payment failure threshold reached');
  if (retries) sandbox.later('retry_subscription', subscription.id, retryAfter);
}

function pay(sandbox: Sandbox, subscription: Subscription, plan: Plan, minor: bigint, presence: Presence): void {
  const owed = plan.preferences.auto_bill_outstanding ? BigInt(subscription.outstanding) : 0n;
  const total = minor + owed;
  if (total === 0n) return;
  if (charge(sandbox, subscription, plan, total, presence)) subscription.outstanding = (BigInt(subscription.outstanding) - owed).toString();
  else noteFailure(sandbox, subscription, plan, BigInt(subscription.outstanding) + minor);
}

function schedule(sandbox: Sandbox, subscription: Subscription, at: number): void {
  subscription.nextBilling = at;
  sandbox.later('bill_subscription', subscription.id, Math.max(0, at - sandbox.clock.now()));
}

/** Begins the period whose time has come, or ends the subscription. */
function bill(sandbox: Sandbox, subscription: Subscription, presence: Presence): void {
  const plan = planOf(sandbox, subscription);
  const current = cycleOf(plan, subscription);
  if (!current) {
    subscription.nextBilling = null;
    return turn(sandbox, subscription, 'EXPIRED', null);
  }
  subscription.completed[current.index]! += 1;
  schedule(sandbox, subscription, periodEnd(subscription.nextBilling!, current.cycle.frequency, new Date(subscription.start).getUTCDate()));
  pay(sandbox, subscription, plan, priceOf(plan, current.cycle, subscription.quantity), presence);
}

/** The job at the end of a period. */
export function billSubscription(sandbox: Sandbox, id: string): void {
  const subscription = subscriptions(sandbox).get(id);
  if (subscription?.status === 'ACTIVE' && subscription.nextBilling !== null && subscription.nextBilling <= sandbox.clock.now()) bill(sandbox, subscription, 'away');
}

/** The job that tries again what was not paid. */
export function retrySubscription(sandbox: Sandbox, id: string): void {
  const subscription = subscriptions(sandbox).get(id);
  if (subscription?.status === 'ACTIVE' && subscription.outstanding !== '0') pay(sandbox, subscription, planOf(sandbox, subscription), 0n, 'away');
}

/** It begins: the setup is paid at once, the first period when it starts. */
export function startSubscription(sandbox: Sandbox, subscription: Subscription): void {
  const plan = planOf(sandbox, subscription);
  turn(sandbox, subscription, 'ACTIVE', null);
  const fee = setupFeeOf(plan);
  if (fee > 0n) {
    pay(sandbox, subscription, plan, fee, 'present');
    if (subscription.lastFailure && plan.preferences.setup_fee_failure_action === 'CANCEL') return turn(sandbox, subscription, 'CANCELLED', 'The setup fee was not paid');
  }
  subscription.start = Math.max(subscription.start, sandbox.clock.now());
  subscription.nextBilling = subscription.start;
  if (subscription.start > sandbox.clock.now()) schedule(sandbox, subscription, subscription.start);
  else bill(sandbox, subscription, 'present');
}

/** A buyer agrees to regular payments. */
export function approveSubscription(sandbox: Sandbox, subscription: Subscription, buyer: BuyerName): void {
  subscription.buyer = buyer;
  subscription.charges = ['declined', 'denied'].includes(buyers[buyer].later) ? 'declined' : 'completes';
  subscription.status = 'APPROVED';
  if (subscription.startsByApproval) startSubscription(sandbox, subscription);
}

/** A suspended one goes on. Periods that began meanwhile are not paid. */
export function resumeSubscription(sandbox: Sandbox, subscription: Subscription, note: string | null): void {
  const plan = planOf(sandbox, subscription);
  subscription.failures = 0;
  turn(sandbox, subscription, 'ACTIVE', note);
  const frequency = cycleOf(plan, subscription)?.cycle.frequency ?? plan.cycles.at(-1)!.frequency;
  let next = subscription.nextBilling ?? sandbox.clock.now();
  while (next <= sandbox.clock.now()) next = periodEnd(next, frequency, new Date(subscription.start).getUTCDate());
  schedule(sandbox, subscription, next);
}

/** Takes some of what is owed. Throws `INSTRUMENT_DECLINED`. */
export function captureOutstanding(sandbox: Sandbox, subscription: Subscription, minor: bigint): Capture {
  const taken = charge(sandbox, subscription, planOf(sandbox, subscription), minor, 'away');
  if (!taken) throw instrumentDeclined();
  subscription.outstanding = (BigInt(subscription.outstanding) - minor).toString();
  return taken;
}
