import { database } from '@/lib/core/database';
import type { DraftLine } from '../invoices/invoice';
import { readChargedLines } from '../invoices/charged/store';
import { minimumLine } from '../invoices/period-lines';
import { lessCharged, type ChargedLine } from '../invoices/unbilled-lines';
import { usageLines } from '../invoices/usage-lines';
import type { Adjustments } from '../quota/adjustments/adjustment';
import { readAdjustments } from '../quota/adjustments/store';
import { limitAt } from '../quota/quota';
import { isPaidIn } from '../quota/spend';
import { readCounters, type CounterRow } from '../quota/store';
import { entitlementsWith } from '../subscriptions/items';
import { prorate } from '../subscriptions/proration';
import { pricedPeriod, type Subscription } from '../subscriptions/subscription';
import { unusedLine } from './plan-lines';

/** The last moment of the counter's period that has come. */
function lastMoment({ period }: CounterRow, now: Date): Date {
  return now < period.end ? now : new Date(period.end.getTime() - 1);
}

const startOf = ({ period }: DraftLine): number => period?.start.getTime() ?? 0;
const inOrderOfTime = (lines: readonly DraftLine[]): DraftLine[] => [...lines].sort((one, other) => startOf(one) - startOf(other));

export interface Closing {
  /** What is to be taken for the use of a counter instead of what it has, by the counter's id. */
  expected?: ReadonlyMap<number, bigint>;
  /** Whether the plan is left, so that limits by the day and month are closed early; by what is scheduled unless said. */
  leaving?: boolean;
  /** When the period is cut short, where it is. */
  at?: Date;
}

/** What the closing depends on as it is kept. */
export interface ClosingFacts {
  counters: readonly CounterRow[];
  charged: readonly ChargedLine[];
  adjustments: Adjustments;
}

/** Reads what the closing of the subscription's current period depends on; `leaving` as in `Closing`. */
export async function readClosing({ id, accountId, currentPeriod, pendingPrice, cancelAtPeriodEnd }: Subscription, leaving?: boolean): Promise<ClosingFacts> {
  const leaves = leaving ?? (cancelAtPeriodEnd || pendingPrice !== null);
  const counters = (await readCounters(database(), accountId, currentPeriod)).filter(
    (counter) => isPaidIn(counter, currentPeriod) || (leaves && (counter.reset === 'day' || counter.reset === 'month')),
  );
  const earliest = new Date(Math.min(currentPeriod.start.getTime(), ...counters.map(({ period }) => period.start.getTime())));
  const charged = await readChargedLines(database(), id, { start: earliest, end: currentPeriod.end });
  return { counters, charged, adjustments: await readAdjustments(database(), accountId, earliest) };
}

/** What usage past the limits costs, by the facts. Pure; see `closingUsage`. */
export function closingLines(subscription: Subscription, { counters, charged, adjustments }: ClosingFacts, now: Date, { expected, at }: Omit<Closing, 'leaving'> = {}): DraftLine[] {
  const { currentPeriod, plan, items, price } = subscription;
  const { currency } = price;
  const lines = entitlementsWith(plan.entitlements, items, price).flatMap((entitlement) =>
    counters
      .filter(({ featureKey }) => featureKey === entitlement.feature.key)
      .flatMap((counter) => {
        const limit = limitAt(entitlement, adjustments, counter, lastMoment(counter, now));
        const used = expected?.get(counter.id) ?? counter.used;
        const source = { kind: 'usage' as const, planKey: plan.key, planVersion: plan.version, planVersionId: plan.versionId, featureKey: counter.featureKey, counterId: counter.id, limit: limit ?? 0n, used };
        return usageLines([{ ...entitlement, limit }], new Map([[counter.featureKey, used]]), counter.period, currency).map((line) => ({ ...line, madeFrom: source }));
      }),
  );
  const usage = inOrderOfTime(lines).flatMap((line) => lessCharged(line, charged, currency));
  return [...usage, ...upToMinimum(subscription, [...standing(charged, currentPeriod.start), ...usage], at)];
}

/**
 * What usage past the limits costs, by the plan of the subscription, for every quota period that is paid for in its current
 * billing period. A plan by the year holds twelve of them, each with its own limits, overrides, boosts and what rolled over.
 * A day or month of the calendar is paid for when it ends, or when the plan is left. What was invoiced already is left out.
 * Where the price has a minimum, what the period lacks of it comes last.
 */
export async function closingUsage(subscription: Subscription, now: Date, { leaving, ...closing }: Closing = {}): Promise<DraftLine[]> {
  return closingLines(subscription, await readClosing(subscription, leaving), now, closing);
}

/** What was charged for a period: by invoices that stand, and of a fee whose invoice alone was declared void as if it stood. */
function standing(charged: readonly ChargedLine[], start: Date): DraftLine[] {
  const ofPeriod = charged.filter(({ kind, period }) => kind !== 'setup_fee' && kind !== 'minimum' && period && period.start >= start);
  const valid = ofPeriod.filter(({ invoiceStatus }) => invoiceStatus !== 'void');
  return valid.some(({ kind }) => kind !== 'usage') ? valid : ofPeriod;
}

/** What the charges of the period lack of its minimum; of a period that is cut short, of the share that has passed. */
function upToMinimum(subscription: Subscription, lines: readonly DraftLine[], at: Date | undefined): DraftLine[] {
  const { currentPeriod, price, status } = subscription;
  if (!price.minimumMinor || status === 'trialing') return [];
  const cut = at && at < currentPeriod.end ? at : currentPeriod.end;
  const whole = pricedPeriod(subscription);
  const notYet = prorate(price.minimumMinor, whole, currentPeriod.start).used;
  const minimumMinor = price.minimumMinor - notYet - prorate(price.minimumMinor, whole, cut).unused;
  const sum = lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const chargedMinor = cut === currentPeriod.end ? sum : sum - unusedOf(subscription, cut);
  return minimumLine(subscription, minimumMinor, chargedMinor, { start: currentPeriod.start, end: cut });
}

/** What of the charges in advance is given back when the period is cut short. */
function unusedOf(subscription: Subscription, at: Date): bigint {
  return -unusedLine(subscription, pricedPeriod(subscription), at).reduce((total, { amountMinor }) => total + amountMinor, 0n);
}
