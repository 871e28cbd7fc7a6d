import type { Context } from '@/lib/core/context';
import { lockAccount, type Database } from '@/lib/core/database';
import type { Feature, QuotaReset, RateWindow } from '../catalog/catalog';
import { listFeatures } from '../catalog/list-features';
import { getSubscription } from '../subscriptions/get-subscription';
import { readBillingTerms } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';
import { steadyStretch, type Adjustments } from './adjustments/adjustment';
import { readAdjustments, readSpendCap } from './adjustments/store';
import type { RateLimit, SpendCap } from './engine/meter-item';
import { entitlementOf, grantOf, isCounted, resetOf, type Grant } from './quota';
import { periodHolding } from './quota-period';
import { spendOf } from './spend';
import * as store from './store';

/** What an account may have, and its counters of the periods that hold a moment, as read together. */
export interface AccountTerms {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  features: Map<string, Feature>;
  /** The quota period that holds the moment. */
  period: Period;
  /** The moments that all of the counters are for. */
  span: Period;
  /** The times at which the grants are these. */
  steady: Period;
  /** What is granted of each feature. */
  grants: Map<string, Grant>;
  /** One for each counted feature (metered, rate and level), by its key. */
  counters: Map<string, store.CounterRow>;
  /** The limits of pace of each feature that has some. */
  rates: Map<string, RateLimit[]>;
  /** What use past the limit of each priced feature may cost; empty without a spend cap. */
  spend: Map<string, SpendCap>;
}

/** All that the terms are made of, at a moment. */
interface Facts {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  features: Feature[];
  adjustments: Adjustments;
  /** The period that holds the moment, of each reset that a feature has. */
  periods: Map<QuotaReset, Period>;
  now: Date;
}

export const secondsOf: Record<RateWindow, number> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

const sameMoment = (one: Date, other: Date): boolean => one.getTime() === other.getTime();

/** Under the account's lock, so that no change of plan falls between reading the terms and opening the counters. */
export async function readTerms(db: Database, context: Context, moment: Date): Promise<AccountTerms> {
  await lockAccount(db, context.accountId);
  const facts = await readFacts(db, context, moment);
  const { accountId, timeZone, subscription, features, periods } = facts;
  const cap = await readSpendCap(db, accountId);

  let counters = await readRunning(db, facts);
  const missing = features.filter((feature) => isCounted(feature) && !counters.has(feature.key));
  if (missing.length > 0) {
    await openMissing(db, facts, missing);
    // Whoever decided without the new counters must not do so again: they count against the cap.
    if (cap) await store.renewTermsVersions(db, accountId);
    counters = await readRunning(db, facts);
  }
  const grants = new Map(features.map((feature) => [feature.key, grantNow(facts, feature, counters.get(feature.key))]));
  counters = await noteNow(db, facts, grants, counters);

  const period = periodIn(periods, 'period');
  return {
    accountId, timeZone, subscription, period, grants, counters,
    features: new Map(features.map((one) => [one.key, one])),
    span: commonStretch([...periods.values()]),
    steady: steadyStretch(facts.adjustments, facts.now),
    rates: await openRates(db, accountId, grants),
    spend: await spendOf(db, { accountId, timeZone, subscription, period, cap, counters }),
  };
}

async function readFacts(db: Database, context: Context, moment: Date): Promise<Facts> {
  const { accountId } = context;
  const subscription = await getSubscription(context);
  const { timeZone } = await readBillingTerms(db, accountId);
  const features = await listFeatures();
  const periods = new Map<QuotaReset, Period>();
  for (const reset of new Set<QuotaReset>(['period', ...features.map((feature) => resetOf(feature, subscription))])) {
    periods.set(reset, periodHolding(reset, await store.readPeriodsAround(db, accountId, reset, moment), subscription, timeZone, moment));
  }
  const adjustments = await readAdjustments(db, accountId, periodIn(periods, 'period').start);
  return { accountId, timeZone, subscription, features, adjustments, periods, now: context.clock.now() };
}

function periodIn(periods: ReadonlyMap<QuotaReset, Period>, reset: QuotaReset): Period {
  const period = periods.get(reset);
  if (!period) throw new Error(`No period was found for ${reset}.`);
  return period;
}

/** The moments that all of the periods hold. */
function commonStretch(periods: readonly Period[]): Period {
  const start = Math.max(...periods.map((period) => period.start.getTime()));
  const end = Math.min(...periods.map((period) => period.end.getTime()));
  return { start: new Date(start), end: new Date(end) };
}

/** The counters of the periods, by feature. */
async function readRunning(db: Database, { accountId, features, subscription, periods }: Facts): Promise<Map<string, store.CounterRow>> {
  const rows = await store.readCounters(db, accountId, { startsAt: [...periods.values()].map(({ start }) => start) });
  const counted = features.filter(isCounted).flatMap((feature) => {
    const reset = resetOf(feature, subscription);
    const row = rows.find((one) => one.featureKey === feature.key && one.reset === reset && sameMoment(one.period.start, periodIn(periods, reset).start));
    return row ? [[feature.key, row] as const] : [];
  });
  return new Map(counted);
}

function grantNow({ subscription, adjustments, periods, now }: Facts, feature: Feature, counter: Pick<store.CounterRow, 'rolledOver'> | undefined): Grant {
  const period = periodIn(periods, isCounted(feature) ? resetOf(feature, subscription) : 'period');
  return grantOf(feature, subscription, now, adjustments, { period, rolledOver: counter?.rolledOver ?? 0n });
}

async function openMissing(db: Database, facts: Facts, features: readonly Feature[]): Promise<void> {
  const toOpen: store.CounterToOpen[] = [];
  for (const feature of features) {
    const reset = resetOf(feature, facts.subscription);
    const period = periodIn(facts.periods, reset);
    const rolledOver = await leftOver(db, facts, feature, reset, period);
    const { limit, policy, overageAmount } = grantNow(facts, feature, { rolledOver });
    toOpen.push({ featureKey: feature.key, reset, period, rolledOver, limit, policy, overageAmount });
  }
  await store.openCounters(db, facts.accountId, toOpen, facts.now);
}

/** What was left of the limit of the period that ends where this one starts, up to what may roll over. A new anchor begins with nothing. */
async function leftOver(db: Database, facts: Facts, feature: Feature, reset: QuotaReset, period: Period): Promise<bigint> {
  const { accountId, subscription } = facts;
  const cap = entitlementOf(feature, subscription)?.rolloverCap ?? null;
  if (!subscription || cap === null || feature.kind !== 'metered' || subscription.anchorAt >= period.start) return 0n;
  const before = await store.readCounterBefore(db, accountId, { featureKey: feature.key, reset }, period.start);
  // Nobody opened a counter for the period before: none of its limit was used.
  const whole = { limit: grantNow(facts, feature, undefined).limit, used: 0n, held: 0n };
  const { limit, used, held } = before && sameMoment(before.period.end, period.start) ? before : whole;
  if (limit === null || limit - used - held <= 0n) return 0n;
  return limit - used - held < cap ? limit - used - held : cap;
}

/** Notes the limits of now on the counters whose period runs, where they are others by now. */
async function noteNow(db: Database, { now }: Facts, grants: ReadonlyMap<string, Grant>, counters: Map<string, store.CounterRow>): Promise<Map<string, store.CounterRow>> {
  const noted = new Map(counters);
  const changed: store.CounterRow[] = [];
  for (const [key, counter] of counters) {
    const grant = grants.get(key);
    if (!grant || now < counter.period.start || now >= counter.period.end) continue;
    const { limit, policy, overageAmount } = grant;
    if (counter.limit === limit && counter.policy === policy && counter.overageAmount === overageAmount) continue;
    const row = { ...counter, limit, policy, overageAmount };
    changed.push(row);
    noted.set(key, row);
  }
  await store.noteLimits(db, changed);
  return noted;
}

/** The limits of pace of each feature, each with the row that remembers what was taken. */
async function openRates(db: Database, accountId: string, grants: ReadonlyMap<string, Grant>): Promise<Map<string, RateLimit[]>> {
  const wanted = [...grants.values()].flatMap(({ feature, rates }) =>
    rates.map(({ window, quantity }) => ({ featureKey: feature.key, windowSeconds: secondsOf[window], limit: quantity })),
  );
  if (wanted.length === 0) return new Map();
  const rowOf = (rows: readonly store.RateRow[], { featureKey, windowSeconds }: (typeof wanted)[number]) =>
    rows.find((row) => row.featureKey === featureKey && row.windowSeconds === windowSeconds);
  let rows = await store.readRates(db, accountId);
  const missing = wanted.filter((rate) => !rowOf(rows, rate));
  if (missing.length > 0) {
    await store.openRates(db, accountId, missing.map(({ featureKey, windowSeconds }) => ({ featureKey, windowSeconds })));
    rows = await store.readRates(db, accountId);
  }
  const byFeature = new Map<string, RateLimit[]>();
  for (const rate of wanted) {
    const row = rowOf(rows, rate);
    if (!row) throw new Error(`The rate of ${rate.featureKey} was not made.`);
    const limit = { rateId: row.id, windowSeconds: rate.windowSeconds, limit: rate.limit };
    byFeature.set(rate.featureKey, [...(byFeature.get(rate.featureKey) ?? []), limit]);
  }
  return byFeature;
}
