import type { Feature, QuotaReset } from '../../catalog/catalog';
import type { Subscription } from '../../subscriptions/subscription';
import type { Period } from '../../time/period';
import type { Adjustments, SpendCapSetting } from '../adjustments/adjustment';
import { entitlementOf, grantOf, isCounted, resetOf, type Grant } from '../quota';
import { periodHolding } from '../quota-period';
import type { CounterRow, NotedLimit } from '../store';
import { planGrants } from './plan-grants';
import type { CounterToOpen, PeriodQuestion } from './store';

/** What decides the periods of an account's counters. */
export interface Setting {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  features: readonly Feature[];
  /** The moment that the terms are asked for. */
  at: Date;
  now: Date;
}

/** All that an account's terms are made of. */
export interface Facts extends Setting {
  /** The period that holds the moment, of each reset that a feature has. */
  periods: ReadonlyMap<QuotaReset, Period>;
  /** Of each reset the counters that begin last at or before the moment, perhaps of an older period, and the first after it. */
  around: readonly CounterRow[];
  adjustments: Adjustments;
  cap: SpendCapSetting | null;
}

export type Counters = ReadonlyMap<string, CounterRow>;

const sameMoment = (one: Date, other: Date): boolean => one.getTime() === other.getTime();

const resetsOf = ({ features, subscription }: Setting): Set<QuotaReset> => new Set(['period', ...features.map((feature) => resetOf(feature, subscription))]);

/** Where the periods that are known already are looked for. Pure. */
export const periodsToFind = (setting: Setting): PeriodQuestion[] =>
  [...resetsOf(setting)].map((reset) => ({ accountId: setting.accountId, reset, moment: setting.at }));

/** The period of each reset that holds the moment. Pure. */
export function periodsOf(setting: Setting, around: readonly CounterRow[]): Map<QuotaReset, Period> {
  const { subscription, timeZone, at } = setting;
  const known = (reset: QuotaReset): Period[] =>
    around.filter((counter) => counter.reset === reset).map(({ period }) => period).sort((one, other) => one.end.getTime() - other.end.getTime());
  return new Map([...resetsOf(setting)].map((reset) => [reset, periodHolding(reset, known(reset), subscription, timeZone, at)]));
}

export function periodIn(periods: ReadonlyMap<QuotaReset, Period>, reset: QuotaReset): Period {
  const period = periods.get(reset);
  if (!period) throw new Error(`No period was found for ${reset}.`);
  return period;
}

/** The moments that all of the periods hold. Pure. */
export function commonStretch(periods: readonly Period[]): Period {
  const start = Math.max(...periods.map((period) => period.start.getTime()));
  const end = Math.min(...periods.map((period) => period.end.getTime()));
  return { start: new Date(start), end: new Date(end) };
}

/** The counters of the periods that hold the moment, by feature. Pure. */
export function runningCounters({ features, subscription, periods }: Facts, rows: readonly CounterRow[]): Map<string, CounterRow> {
  const running = new Map<string, CounterRow>();
  for (const feature of features.filter(isCounted)) {
    const reset = resetOf(feature, subscription);
    const period = periodIn(periods, reset);
    const row = rows.find((one) => one.featureKey === feature.key && one.reset === reset && sameMoment(one.period.start, period.start));
    if (row) running.set(feature.key, sameMoment(row.period.end, period.end) ? { ...row, period } : row);
  }
  return running;
}

function grantNow({ subscription, adjustments, periods, now }: Facts, feature: Feature, rolledOver: bigint): Grant {
  const period = periodIn(periods, isCounted(feature) ? resetOf(feature, subscription) : 'period');
  return grantOf(feature, subscription, now, adjustments, { period, rolledOver });
}

/** What is granted of each feature: the plan's, unless the account has something of its own. Pure. */
export function grantsOf(facts: Facts, counters: Counters): ReadonlyMap<string, Grant> {
  const { features, subscription, adjustments } = facts;
  const plan = planGrants(features, subscription);
  const adjusted = new Set([...adjustments.overrides, ...adjustments.boosts].map(({ feature }) => feature));
  const own = features.filter(({ key }) => adjusted.has(key) || (counters.get(key)?.rolledOver ?? 0n) > 0n);
  if (own.length === 0) return plan;
  const grants = new Map(plan);
  for (const feature of own) grants.set(feature.key, grantNow(facts, feature, counters.get(feature.key)?.rolledOver ?? 0n));
  return grants;
}

const missing = ({ features }: Facts, counters: Counters): Feature[] => features.filter((feature) => isCounted(feature) && !counters.has(feature.key));

/** Whether what the period before left over is added. A new anchor begins with nothing. */
function rollsOver({ subscription }: Facts, feature: Feature, period: Period): boolean {
  const cap = entitlementOf(feature, subscription)?.rolloverCap ?? null;
  return subscription !== null && cap !== null && feature.kind === 'metered' && subscription.anchorAt < period.start;
}

/** The counters of the period before that missing ones take over from. Pure. */
export function countersToRollOver(facts: Facts, counters: Counters): (PeriodQuestion & { featureKey: string })[] {
  return missing(facts, counters).flatMap((feature) => {
    const reset = resetOf(feature, facts.subscription);
    const { start } = periodIn(facts.periods, reset);
    return rollsOver(facts, feature, { start, end: start }) ? [{ accountId: facts.accountId, featureKey: feature.key, reset, moment: start }] : [];
  });
}

/** The counters of the periods that are missing, with the limits of now; `before` are those that they take over from. Pure. */
export function missingCounters(facts: Facts, counters: Counters, before: readonly CounterRow[]): CounterToOpen[] {
  const { accountId, subscription, periods, now } = facts;
  const plan = grantsOf(facts, counters);
  return missing(facts, counters).map((feature) => {
    const reset = resetOf(feature, subscription);
    const period = periodIn(periods, reset);
    const rolledOver = rollsOver(facts, feature, period) ? leftOver(facts, feature, period, before) : 0n;
    const { limit, policy, overageAmount } = rolledOver > 0n ? grantNow(facts, feature, rolledOver) : (plan.get(feature.key) ?? grantNow(facts, feature, 0n));
    return { accountId, featureKey: feature.key, reset, period, rolledOver, limit, policy, overageAmount, updatedAt: now };
  });
}

/** What was left of the limit of the period that ends where this one starts, up to what may roll over. */
function leftOver(facts: Facts, feature: Feature, period: Period, rows: readonly CounterRow[]): bigint {
  const cap = entitlementOf(feature, facts.subscription)?.rolloverCap ?? 0n;
  const before = rows.find((one) => one.featureKey === feature.key && sameMoment(one.period.end, period.start));
  // Nobody opened a counter for the period before: none of its limit was used.
  const { limit, used, held } = before ?? { limit: grantNow(facts, feature, 0n).limit, used: 0n, held: 0n };
  if (limit === null || limit - used - held <= 0n) return 0n;
  return limit - used - held < cap ? limit - used - held : cap;
}

/** The counters of running periods whose noted limits are others by now, with those of now. Pure. */
export function limitsToNote({ now }: Facts, grants: ReadonlyMap<string, Grant>, counters: Counters): CounterRow[] {
  return [...counters].flatMap(([key, counter]) => {
    const grant = grants.get(key);
    if (!grant || now < counter.period.start || now >= counter.period.end) return [];
    const { limit, policy, overageAmount }: NotedLimit = grant;
    const same = counter.limit === limit && counter.policy === policy && counter.overageAmount === overageAmount;
    return same ? [] : [{ ...counter, limit, policy, overageAmount }];
  });
}
