import type { Context } from '@/lib/core/context';
import { insideTransaction, inTransaction, type Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Feature } from '../catalog/catalog';
import type { Period } from '../time/period';
import type { Grant } from './quota';
import { gatherTerms } from './reading/gather-terms';
import { readTerms, type AccountTerms, type TermsQuestion } from './reading/read-terms';
import type { CounterRow, CounterUse } from './store';
import { useNow } from './use-now';

export type { AccountTerms };

interface TermsCache {
  /** What was read of an account: the newest first. */
  kept: Map<string, AccountTerms[]>;
  loading: Map<string, Promise<AccountTerms>>;
}

const largestCache = 20_000;
/** Enough for late usage by the day over a month. */
const mostOfOneAccount = 40;

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalAccountTerms?: TermsCache };

/** What this process has read of accounts. */
const cache = (): TermsCache => (holder.portalAccountTerms ??= { kept: new Map(), loading: new Map() });

/** Forgets what was read of every account: for benches, and tests, which change the database under the process. */
export function forgetTerms(): void {
  holder.portalAccountTerms = undefined;
}

// Numbers: every call of a product asks, and to compare two dates as they are costs several times as much.
const holds = ({ start, end }: Period, moment: Date): boolean => start.getTime() <= moment.getTime() && moment.getTime() < end.getTime();

/** Whether the terms are those of the moment, read now: a moment to come is taken as now. */
export function isOnTerms({ span, steady }: AccountTerms, moment: Date, now: Date): boolean {
  return holds(span, moment < now ? moment : now) && holds(steady, now);
}

/** The account's terms of now where they are in memory, other than `stale`: at once, since every call of a product asks. */
export function rememberedTerms({ accountId }: Context, now: Date, stale?: AccountTerms): AccountTerms | undefined {
  if (insideTransaction()) return undefined;
  const terms = cache().kept.get(accountId)?.find(({ span, steady }) => holds(span, now) && holds(steady, now));
  return terms === stale ? undefined : terms;
}

/**
 * The account's terms at the moment, other than `stale`. A moment to come is taken as now: the next period is opened when it
 * has begun by our own clock. What this process read before may be given again: it is only ever used together with the
 * version of the counters, which the database compares when it decides (see README.md).
 */
export async function accountTerms(context: Context, moment: Date, stale?: AccountTerms): Promise<AccountTerms> {
  const now = context.clock.now();
  const at = moment < now ? moment : now;
  const question: TermsQuestion = { accountId: context.accountId, at, clock: context.clock };
  if (insideTransaction()) return inTransaction((transaction) => readAlone(transaction, question));
  const { kept, loading } = cache();
  for (;;) {
    const terms = kept.get(context.accountId)?.find(({ span, steady }) => holds(span, at) && holds(steady, now));
    if (terms && terms !== stale) return terms;
    const underWay = loading.get(context.accountId);
    if (underWay) {
      // Many callers that find nothing wait for one that reads; then each looks again.
      await underWay.catch(() => undefined);
      continue;
    }
    const load = gatherTerms(question).finally(() => loading.delete(context.accountId));
    loading.set(context.accountId, load);
    const read = await load;
    keep(kept, context.accountId, read);
    return read;
  }
}

/** In a transaction under way, whatever it has written so far. */
async function readAlone(transaction: Database, question: TermsQuestion): Promise<AccountTerms> {
  const [terms] = await readTerms(transaction, [question], true);
  if (!terms) throw new Error('An account that was waited for is missing.');
  return terms;
}

/** The feature of that key. Throws `unknown_feature`. */
export function featureIn(terms: AccountTerms, key: string): Feature {
  const feature = terms.features.get(key);
  if (!feature) throw new DomainError('unknown_feature', `The catalog has no feature "${key}".`);
  return feature;
}

/** What is granted of a feature of the catalog. */
export function grantIn(terms: AccountTerms, feature: Feature): Grant {
  const grant = terms.grants.get(feature.key);
  if (!grant) throw new Error(`The terms say nothing of ${feature.key}.`);
  return grant;
}

/** The counter of a feature that is used up. Throws `feature_not_metered`, for levels too. */
export function counterIn(terms: AccountTerms, feature: Feature): CounterRow {
  const counter = terms.counters.get(feature.key);
  if (!counter || feature.kind === 'level') throw new DomainError('feature_not_metered');
  return counter;
}

/** The counter of a level. Throws `feature_not_level`. */
export function levelIn(terms: AccountTerms, feature: Feature): CounterRow {
  const counter = terms.counters.get(feature.key);
  if (!counter || feature.kind !== 'level') throw new DomainError('feature_not_level');
  return counter;
}

/** When what the counter counts begins anew; null: never. */
export function resetsAtOf(counter: CounterRow): Date | null {
  return counter.reset === 'never' ? null : counter.period.end;
}

function keep(kept: TermsCache['kept'], accountId: string, terms: AccountTerms): void {
  const others = (kept.get(accountId) ?? []).filter(({ span }) => !holds(span, terms.span.start));
  kept.delete(accountId);
  kept.set(accountId, [terms, ...others].slice(0, mostOfOneAccount));
  if (kept.size > largestCache) kept.delete(kept.keys().next().value ?? '');
}

/** The account's terms and what its counters stand at by their ids, both as of now in the database. */
export async function termsWithUse(context: Context, moment: Date): Promise<{ terms: AccountTerms; used: Map<string, CounterUse> }> {
  let stale: AccountTerms | undefined;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const terms = await accountTerms(context, moment, stale);
    stale = terms;
    const rows = [...terms.counters.values()];
    const use = await useNow(rows.map(({ id }) => id));
    const used = new Map<string, CounterUse>();
    for (const { id, featureKey, termsVersion } of rows) {
      const current = use.get(id);
      if (current?.termsVersion === termsVersion) used.set(featureKey, current);
    }
    if (used.size === rows.length) return { terms, used };
  }
  throw new DomainError('conflict', 'The plan changed while its limits were read. Try again.');
}
