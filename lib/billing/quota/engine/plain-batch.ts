import { unbounded } from './literals';
import { refusalReasons, type ConsumeItem, type MeterItem, type MeterResult, type RecordItem, type UsageDimensions } from './meter-item';

/** Usage that needs nothing but a look at its counter and its rates. */
export type PlainItem = ConsumeItem | RecordItem;

/** Items of one counter, all of which are on these terms and in this hour. */
export interface CounterTerms {
  counterId: number;
  version: bigint;
  ceiling: bigint;
  limit: bigint;
  /** The place of its reason in `refusalReasons`, from 1; 0 for none. */
  refusal: number;
  hour: number;
  day: number;
  /** Units and number of its items. */
  total: bigint;
  calls: number;
  /** Its place among the counters, from 1. */
  slot: number;
}

/** What items of one rate come to together, all of which it limits alike. */
export interface RateTerms {
  rateId: number;
  limit: bigint;
  total: bigint;
}

/** A batch of plain usage, for each counter on the same terms and in the same hour. */
export interface PlainBatch {
  items: readonly PlainItem[];
  /** Ascending, which is the order their locks are taken in. */
  counters: CounterTerms[];
  /** Ascending, for the same reason. */
  rates: RateTerms[];
  /** The counter of each item. */
  termsOfItem: CounterTerms[];
  /** Units of its counter in this batch up to each item, and with it. */
  running: bigint[];
  /** The latest moment at which an item was recorded. */
  now: number;
  /** Whether all of it occurred at that moment. */
  occurredNow: boolean;
  /** Whether an item was recorded at another moment than it occurred. */
  late: boolean;
  hasKeys: boolean;
  /** Whether an item tells a dimension. */
  tells: boolean;
  /** Whether the units of each counter can be told to the database as one sum. */
  sumsFit: boolean;
}

const termsOf = (item: PlainItem): CounterTerms => ({
  counterId: item.counterId,
  version: item.operation === 'consume' ? (item.termsVersion ?? -1n) : -1n,
  ceiling: item.operation === 'consume' ? (item.ceiling ?? unbounded) : unbounded,
  limit: item.limit ?? -1n,
  refusal: item.operation === 'consume' && item.refusal ? refusalReasons.indexOf(item.refusal) + 1 : 0,
  hour: item.hour,
  day: item.day,
  total: 0n,
  calls: 0,
  slot: 0,
});

const isPlain = (item: MeterItem): item is PlainItem =>
  item.operation === 'record' || (item.operation === 'consume' && !item.spend);

const fits = (item: PlainItem, terms: CounterTerms): boolean =>
  item.hour === terms.hour &&
  (item.operation === 'consume'
    ? terms.version === (item.termsVersion ?? -1n) && terms.ceiling === (item.ceiling ?? unbounded)
    : terms.version === -1n && terms.ceiling === unbounded) &&
  terms.limit === (item.limit ?? -1n);

const tellsNothing = ({ dimensions }: PlainItem): boolean => {
  for (const name in dimensions) if (dimensions[name as keyof UsageDimensions] !== undefined) return false;
  return true;
};

/** Adds the item to what its rates come to; false where another item is limited otherwise by one of them. */
function addToRates(rates: Map<number, RateTerms>, item: PlainItem): boolean {
  if (item.operation !== 'consume' || !item.rates) return true;
  for (const { rateId, limit } of item.rates) {
    const rate = rates.get(rateId);
    if (!rate) rates.set(rateId, { rateId, limit, total: item.quantity });
    else if (rate.limit !== limit) return false;
    else rate.total += item.quantity;
  }
  return true;
}

/** The batch as plain usage; null when it holds anything else. */
export function asPlainBatch(items: readonly MeterItem[]): PlainBatch | null {
  const counters = new Map<number, CounterTerms>();
  const rates = new Map<number, RateTerms>();
  const termsOfItem: CounterTerms[] = [];
  const running: bigint[] = [];
  let now = 0;
  let earliest = Infinity;
  let latest = 0;
  let late = false;
  let hasKeys = false;
  let tells = false;
  for (const item of items) {
    if (!isPlain(item)) return null;
    let terms = counters.get(item.counterId);
    if (!terms) counters.set(item.counterId, (terms = termsOf(item)));
    else if (!fits(item, terms)) return null;
    if (!addToRates(rates, item)) return null;
    terms.total += item.quantity;
    terms.calls += 1;
    termsOfItem.push(terms);
    running.push(terms.total);
    const occurred = item.occurredAt.getTime();
    const recorded = item.recordedAt.getTime();
    if (recorded > now) now = recorded;
    if (occurred < earliest) earliest = occurred;
    if (occurred > latest) latest = occurred;
    late ||= occurred !== recorded;
    hasKeys ||= item.keyText !== null;
    tells ||= !tellsNothing(item);
  }
  const ordered = [...counters.values()].sort((one, other) => one.counterId - other.counterId);
  let sumsFit = true;
  for (const [index, terms] of ordered.entries()) {
    terms.slot = index + 1;
    if (terms.total > unbounded) sumsFit = false;
  }
  for (const { total } of rates.values()) if (total > unbounded) sumsFit = false;
  return {
    items: items as readonly PlainItem[], counters: ordered, rates: [...rates.values()].sort((one, other) => one.rateId - other.rateId),
    termsOfItem, running, now, occurredNow: earliest === now && latest === now, late, hasKeys, tells, sumsFit,
  };
}

/** The results of a batch that was decided by counter: `taken` is used and held together before it. */
export function allRecorded({ items, counters, termsOfItem, running }: PlainBatch, taken: string[] | null | undefined, held: string[] | null | undefined): MeterResult[] {
  if (taken?.length !== counters.length || !held) throw new Error('The database answered for another number of counters than it was asked.');
  const heldOf = held.map(BigInt);
  const usedOf = taken.map((text, index) => BigInt(text) - (heldOf[index] ?? 0n));
  return items.map(({ quantity, limit }, index): MeterResult => {
    const place = (termsOfItem[index]?.slot ?? 1) - 1;
    return {
      verdict: 'recorded', reason: null, retryAt: null, used: (usedOf[place] ?? 0n) + (running[index] ?? 0n), held: heldOf[place] ?? 0n, quantity, limit,
      resetsAt: null, reservation: null,
    };
  });
}
