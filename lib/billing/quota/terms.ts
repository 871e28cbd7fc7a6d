import type { Context } from '@/lib/core/context';
import { database, insideTransaction, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Feature } from '../catalog/catalog';
import { listFeatures } from '../catalog/list-features';
import { getSubscription } from '../subscriptions/get-subscription';
import { readBillingTerms } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';
import { grantOf } from './quota';
import { periodHolding } from './quota-period';
import { noteLimits, openCounters, readCounters, readPeriods, readUse, type CounterRow } from './store';

/** An account's terms and its counters in the period that holds a moment, as read together. */
export interface AccountTerms {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  features: Map<string, Feature>;
  period: Period;
  /** One for each metered feature, by its key. */
  counters: Map<string, CounterRow>;
}

interface TermsCache {
  /** The newest few periods of an account. */
  kept: Map<string, AccountTerms[]>;
  loading: Map<string, Promise<AccountTerms>>;
}

const largestCache = 20_000;

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalAccountTerms?: TermsCache };
const cache = (): TermsCache => (holder.portalAccountTerms ??= { kept: new Map(), loading: new Map() });

/**
 * The account's terms at the moment, other than `stale`. What this process read before may be given again: it is only
 * ever used together with the version of the counters, which the database compares when it decides (see README.md).
 */
export async function accountTerms(context: Context, moment: Date, stale?: AccountTerms): Promise<AccountTerms> {
  if (insideTransaction()) return readTerms(context, moment);
  const { kept, loading } = cache();
  const key = `${process.env.DATABASE_URL} ${context.accountId}`;
  for (;;) {
    const terms = kept.get(key)?.find(({ period }) => period.start <= moment && moment < period.end);
    if (terms && terms !== stale) return terms;
    const underWay = loading.get(key);
    if (underWay) {
      // Many callers that find nothing wait for one that reads; then each looks again.
      await underWay.catch(() => undefined);
      continue;
    }
    const load = readTerms(context, moment).finally(() => loading.delete(key));
    loading.set(key, load);
    const read = await load;
    keep(key, read);
    return read;
  }
}

/** The feature of that key. Throws `unknown_feature`. */
export function featureIn(terms: AccountTerms, key: string): Feature {
  const feature = terms.features.get(key);
  if (!feature) throw new DomainError('unknown_feature', `The catalog has no feature "${key}".`);
  return feature;
}

/** The counter of a metered feature. Throws `feature_not_metered`. */
export function counterIn(terms: AccountTerms, feature: Feature): CounterRow {
  const counter = terms.counters.get(feature.key);
  if (!counter) throw new DomainError('feature_not_metered');
  return counter;
}

function keep(key: string, terms: AccountTerms): void {
  const { kept } = cache();
  const others = (kept.get(key) ?? []).filter(({ period }) => period.start.getTime() !== terms.period.start.getTime());
  kept.delete(key);
  kept.set(key, [terms, ...others].slice(0, 3));
  if (kept.size > largestCache) kept.delete(kept.keys().next().value ?? '');
}

/** Under the account's lock, so that no change of plan falls between reading the terms and opening the counters. */
function readTerms(context: Context, moment: Date): Promise<AccountTerms> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await getSubscription(context);
    const { timeZone } = await readBillingTerms(transaction, context.accountId);
    const features = await listFeatures();
    const metered = features.filter(({ kind }) => kind === 'metered');
    const period = periodHolding(await readPeriods(transaction, context.accountId), subscription, timeZone, moment);

    const wanted = metered.map((feature) => {
      const grant = grantOf(feature, subscription);
      return { featureKey: feature.key, limit: grant.limit, policy: grant.policy };
    });
    let rows = await readCounters(transaction, context.accountId, { startsAt: period.start });
    if (wanted.some((one) => !rows.some((row) => row.featureKey === one.featureKey))) {
      await openCounters(transaction, context.accountId, period, wanted, context.clock.now());
      rows = await readCounters(transaction, context.accountId, { startsAt: period.start });
    }
    const counters = new Map(rows.map((row) => [row.featureKey, row]));

    const now = context.clock.now();
    if (period.start <= now && now < period.end) {
      const changed = wanted.flatMap((one) => {
        const row = counters.get(one.featureKey);
        return row && (row.limit !== one.limit || row.policy !== one.policy) ? [{ ...one, id: row.id }] : [];
      });
      await noteLimits(transaction, changed);
    }
    return { accountId: context.accountId, timeZone, subscription, features: new Map(features.map((one) => [one.key, one])), period, counters };
  });
}

/** The account's terms and what its counters stand at, both as of now in the database. */
export async function termsWithUse(context: Context, moment: Date): Promise<{ terms: AccountTerms; used: Map<string, bigint> }> {
  let stale: AccountTerms | undefined;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const terms = await accountTerms(context, moment, stale);
    stale = terms;
    const rows = [...terms.counters.values()];
    const use = await readUse(database(), rows.map(({ id }) => id));
    if (rows.every((row) => use.get(row.id)?.termsVersion === row.termsVersion)) {
      return { terms, used: new Map(rows.map((row) => [row.featureKey, use.get(row.id)?.used ?? 0n])) };
    }
  }
  throw new DomainError('conflict', 'The plan changed while its limits were read. Try again.');
}
