import type { Clock } from '@/lib/core/clock';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Feature, RateWindow } from '../../catalog/catalog';
import { readRunningOf } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { Period } from '../../time/period';
import { steadyStretch } from '../adjustments/adjustment';
import { readAdjustmentsOf, readSpendCaps } from '../adjustments/store';
import type { RateLimit, SpendCap } from '../engine/meter-item';
import type { Grant } from '../quota';
import { spendOf, spendSince } from '../spend';
import type { CounterRow } from '../store';
import { commonStretch, countersToRollOver, grantsOf, limitsToNote, missingCounters, periodIn, periodsOf, periodsToFind, runningCounters, type Facts, type Setting } from './facts';
import { featuresByKey } from './plan-grants';
import * as store from './store';

/** What an account may have, and its counters of the periods that hold a moment, as read together. */
export interface AccountTerms {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  features: ReadonlyMap<string, Feature>;
  /** The quota period that holds the moment. */
  period: Period;
  /** The moments that all of the counters are for. */
  span: Period;
  /** The times at which the grants are these. */
  steady: Period;
  /** What is granted of each feature. */
  grants: ReadonlyMap<string, Grant>;
  /** One for each counted feature (metered, rate and level), by its key. */
  counters: ReadonlyMap<string, CounterRow>;
  /** The limits of pace of each feature that has some. */
  rates: ReadonlyMap<string, RateLimit[]>;
  /** What use past the limit of each priced feature may cost; empty without a spend cap. */
  spend: ReadonlyMap<string, SpendCap>;
}

/** The terms of which account are asked for, and of which moment. */
export interface TermsQuestion {
  accountId: string;
  at: Date;
  clock: Clock;
}

export const secondsOf: Record<RateWindow, number> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

/**
 * The terms of the accounts, each named once, and in the order of the questions. All under the accounts' locks, so that no
 * change of plan falls between reading the terms and opening the counters: an account that somebody else has locked is
 * waited for, or null is given for it. With waiting, throws `not_found` where there is no such account.
 */
export async function readTerms(db: Database, questions: readonly TermsQuestion[], waits: boolean): Promise<(AccountTerms | null)[]> {
  const timeZones = await store.lockAccounts(db, questions.map(({ accountId }) => accountId), waits);
  if (waits && timeZones.size < questions.length) throw new DomainError('not_found', 'No such account.');
  if (timeZones.size === 0) return questions.map(() => null);

  const all = await readFacts(db, questions, timeZones);
  const terms = await withCounters(db, all);
  const byAccount = new Map(terms.map((one) => [one.accountId, one]));
  return questions.map(({ accountId }) => byAccount.get(accountId) ?? null);
}

async function readFacts(db: Database, questions: readonly TermsQuestion[], timeZones: ReadonlyMap<string, string>): Promise<Facts[]> {
  const { subscriptions, features } = await readRunningOf(db, [...timeZones.keys()]);
  const settings = questions.flatMap(({ accountId, at, clock }): Setting[] => {
    const timeZone = timeZones.get(accountId);
    return timeZone === undefined ? [] : [{ accountId, timeZone, subscription: subscriptions.get(accountId) ?? null, features, at, now: clock.now() }];
  });
  const around = await store.readCountersAround(db, settings.flatMap(periodsToFind));
  const withPeriods = settings.map((setting) => {
    const mine = around.get(setting.accountId) ?? [];
    return { ...setting, around: mine, periods: periodsOf(setting, mine) };
  });
  const adjustments = await readAdjustmentsOf(db, withPeriods.map(({ accountId, periods }) => ({ accountId, since: periodIn(periods, 'period').start })));
  const caps = await readSpendCaps(db, [...timeZones.keys()]);
  return withPeriods.map((one) => ({ ...one, adjustments: adjustments(one.accountId), cap: caps.get(one.accountId) ?? null }));
}

/** Opens what is missing, notes the limits of now and puts everything together. */
async function withCounters(db: Database, all: readonly Facts[]): Promise<AccountTerms[]> {
  const found = new Map(all.map((facts) => [facts.accountId, runningCounters(facts, facts.around)]));
  const countersOf = ({ accountId }: Facts): Map<string, CounterRow> => found.get(accountId) ?? new Map();

  const rolling = all.flatMap((facts) => countersToRollOver(facts, countersOf(facts)));
  const before = rolling.length === 0 ? new Map<string, CounterRow[]>() : await store.readCountersBefore(db, rolling);
  const missing = all.flatMap((facts) => missingCounters(facts, countersOf(facts), before.get(facts.accountId) ?? []));
  const opened = missing.length === 0 ? new Map<string, CounterRow[]>() : await store.openCounters(db, missing);
  for (const facts of all) for (const [key, row] of runningCounters(facts, opened.get(facts.accountId) ?? [])) countersOf(facts).set(key, row);

  const grants = new Map(all.map((facts) => [facts.accountId, grantsOf(facts, countersOf(facts))]));
  const grantsIn = ({ accountId }: Facts): ReadonlyMap<string, Grant> => grants.get(accountId) ?? new Map();
  await noteNow(db, all, grantsIn, countersOf, opened);

  const rates = await ratesOf(db, all, grantsIn);
  const spend = await readSpend(db, all, countersOf);
  return all.map((facts) => {
    const { accountId, timeZone, subscription, features, periods, adjustments, now } = facts;
    return {
      accountId, timeZone, subscription,
      features: featuresByKey(features),
      period: periodIn(periods, 'period'),
      span: commonStretch([...periods.values()]),
      steady: steadyStretch(adjustments, now),
      grants: grantsIn(facts),
      counters: countersOf(facts),
      rates: rates.get(accountId) ?? noRates,
      spend: spend.get(accountId) ?? noSpend,
    };
  });
}

const noRates: AccountTerms['rates'] = new Map();
const noSpend: AccountTerms['spend'] = new Map();

/** Notes the limits of now on the counters whose period runs, where they are others by now. */
async function noteNow(
  db: Database,
  all: readonly Facts[],
  grantsIn: (facts: Facts) => ReadonlyMap<string, Grant>,
  countersOf: (facts: Facts) => Map<string, CounterRow>,
  opened: ReadonlyMap<string, unknown>,
): Promise<void> {
  const notes = all.map((facts) => ({ facts, changed: limitsToNote(facts, grantsIn(facts), countersOf(facts)) }));
  const changed = notes.flatMap((one) => one.changed);
  // Whoever decided without a new counter of an account with a cap must not do so again: it counts against the cap.
  const renewed = all.filter(({ accountId, cap }) => cap && opened.has(accountId)).map(({ accountId }) => accountId);
  if (changed.length === 0 && renewed.length === 0) return;
  const versions = await store.renewAndNote(db, renewed, changed);
  for (const { facts, changed: rows } of notes) {
    const counters = countersOf(facts);
    for (const row of rows) counters.set(row.featureKey, row);
    for (const [key, row] of counters) counters.set(key, { ...row, termsVersion: versions.get(row.id) ?? row.termsVersion });
  }
}

/** The limits of pace of each feature of the accounts that have some, each with the row that remembers what was taken. */
async function ratesOf(db: Database, all: readonly Facts[], grantsIn: (facts: Facts) => ReadonlyMap<string, Grant>): Promise<Map<string, Map<string, RateLimit[]>>> {
  const wanted = all.flatMap((facts) =>
    [...grantsIn(facts).values()].flatMap(({ feature, rates }) =>
      rates.map(({ window, quantity }) => ({ accountId: facts.accountId, featureKey: feature.key, windowSeconds: secondsOf[window], limit: quantity })),
    ),
  );
  const byAccount = new Map<string, Map<string, RateLimit[]>>();
  if (wanted.length === 0) return byAccount;
  const nameOf = ({ accountId, featureKey, windowSeconds }: store.RateQuestion): string => `${accountId} ${featureKey} ${windowSeconds}`;
  const rows = await store.readRateIds(db, [...new Set(wanted.map(({ accountId }) => accountId))]);
  const ids = new Map(rows.map((row) => [nameOf(row), row.id]));
  const missing = wanted.filter((rate) => !ids.has(nameOf(rate)));
  if (missing.length > 0) {
    const opened = await store.openRates(db, missing.map(({ accountId, featureKey, windowSeconds }) => ({ accountId, featureKey, windowSeconds })));
    for (const row of opened) ids.set(nameOf(row), row.id);
  }
  for (const rate of wanted) {
    const rateId = ids.get(nameOf(rate));
    if (rateId === undefined) throw new Error(`The rate of ${rate.featureKey} was not made.`);
    const features = byAccount.get(rate.accountId) ?? new Map<string, RateLimit[]>();
    byAccount.set(rate.accountId, features);
    features.set(rate.featureKey, [...(features.get(rate.featureKey) ?? []), { rateId, windowSeconds: rate.windowSeconds, limit: rate.limit }]);
  }
  return byAccount;
}

async function readSpend(db: Database, all: readonly Facts[], countersOf: (facts: Facts) => Map<string, CounterRow>): Promise<Map<string, Map<string, SpendCap>>> {
  const capped = all.flatMap((facts) => (facts.cap ? [{ ...facts, cap: facts.cap, period: periodIn(facts.periods, 'period'), counters: countersOf(facts) }] : []));
  if (capped.length === 0) return new Map();
  const rows = await store.readCountersSince(db, capped.map((one) => ({ accountId: one.accountId, since: spendSince(one) })));
  return new Map(capped.map((one) => [one.accountId, spendOf(one, rows.get(one.accountId) ?? [])]));
}
