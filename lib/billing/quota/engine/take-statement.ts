import { elements, literal, literalIfTold, momentOrNull, quoted, unbounded, wholeOrNull } from './literals';
import { refusalReasons, type ConsumeItem, type MeterItem, type MeterResult, type RecordItem, type UsageDimensions, type Verdict } from './meter-item';

/** Usage that needs nothing but a look at its counter. */
export type PlainItem = ConsumeItem | RecordItem;

/** The call of `quota_take` (see the migrations); its parameters are array literals in this order. */
export const takeStatement = `
  SELECT * FROM quota_take(
    $1::bigint, $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::integer[], $7::integer[], $8::integer[], $9::bigint[], $10::integer[],
    $11::integer[], $12::uuid[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::text[], $18::boolean, $19::text[], $20::text[],
    $21::integer[], $22::bigint[], $23::bigint[], $24::integer[], $25::boolean)`;

/** Items of one counter, all of which are on these terms and in this hour. */
interface CounterTerms {
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
  item.operation === 'record' || (item.operation === 'consume' && !item.rates?.length && !item.spend);

const fits = (item: PlainItem, terms: CounterTerms): boolean =>
  item.hour === terms.hour &&
  (item.operation === 'consume'
    ? terms.version === (item.termsVersion ?? -1n) && terms.ceiling === (item.ceiling ?? unbounded)
    : terms.version === -1n && terms.ceiling === unbounded) &&
  terms.limit === (item.limit ?? -1n);

/** A batch that `quota_take` can decide: plain usage, and for each counter on the same terms and in the same hour. */
export interface PlainBatch {
  items: readonly PlainItem[];
  counters: CounterTerms[];
  /** The counter of each item. */
  termsOfItem: CounterTerms[];
  /** Units of its counter in this batch up to each item, and with it. */
  running: bigint[];
}

/** The batch as plain usage; null when it holds anything else. */
export function asPlainBatch(items: readonly MeterItem[]): PlainBatch | null {
  const counters = new Map<number, CounterTerms>();
  const termsOfItem: CounterTerms[] = [];
  const running: bigint[] = [];
  for (const item of items) {
    if (!isPlain(item)) return null;
    let terms = counters.get(item.counterId);
    if (!terms) counters.set(item.counterId, (terms = termsOf(item)));
    else if (!fits(item, terms)) return null;
    terms.total += item.quantity;
    terms.calls += 1;
    termsOfItem.push(terms);
    running.push(terms.total);
  }
  const ordered = [...counters.values()].sort((one, other) => one.counterId - other.counterId);
  for (const [index, terms] of ordered.entries()) terms.slot = index + 1;
  return { items: items as readonly PlainItem[], counters: ordered, termsOfItem, running };
}

const told = (items: readonly PlainItem[], read: (dimensions: UsageDimensions) => bigint | number | undefined): string | null =>
  literalIfTold(items, ({ dimensions }) => read(dimensions));
const toldText = (items: readonly PlainItem[], read: (dimensions: UsageDimensions) => string | undefined): string | null =>
  literalIfTold(items, ({ dimensions }) => {
    const text = read(dimensions);
    return text === undefined ? undefined : quoted(text);
  });

const tellsNothing = ({ dimensions }: PlainItem): boolean => {
  for (const name in dimensions) if (dimensions[name as keyof UsageDimensions] !== undefined) return false;
  return true;
};

/**
 * The parameters for a batch. Counters are named once, ascending, which is the order their locks are taken in. `lookFirst`: keys
 * that were used before are likely.
 */
export function encodeTake({ items, counters, termsOfItem, running }: PlainBatch, lookFirst: boolean): (string | null)[] {
  const sumsFit = counters.every(({ total }) => total <= unbounded);
  const hasKeys = items.some(({ keyText }) => keyText !== null);
  const tells = !items.every(tellsNothing);
  const late = items.some(({ occurredAt, recordedAt }) => occurredAt.getTime() !== recordedAt.getTime());
  const now = items.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt.getTime()), 0);
  return [
    String(now),
    literal(counters.map(({ counterId }) => counterId)),
    literal(counters.map(({ version }) => version)),
    literal(counters.map(({ ceiling }) => ceiling)),
    literal(counters.map(({ limit }) => limit)),
    literal(counters.map(({ refusal }) => refusal)),
    literal(counters.map(({ hour }) => hour)),
    literal(counters.map(({ day }) => day)),
    sumsFit ? literal(counters.map(({ total }) => total)) : null,
    literal(counters.map(({ calls }) => calls)),
    literal(termsOfItem.map(({ slot }) => slot)),
    literal(items.map(({ id }) => id)),
    literal(items.map(({ quantity }) => quantity)),
    sumsFit && hasKeys ? literal(running) : null,
    items.every(({ occurredAt }) => occurredAt.getTime() === now) ? null : literal(items.map(({ occurredAt }) => occurredAt.getTime())),
    late ? literal(items.map(({ recordedAt }) => recordedAt.getTime())) : null,
    hasKeys ? literal(items.map(({ keyText }) => (keyText === null ? null : quoted(keyText)))) : null,
    String(tells),
    ...(tells
      ? [
          toldText(items, ({ model }) => model),
          toldText(items, ({ costCentre }) => costCentre),
          told(items, ({ statusCode }) => statusCode),
          told(items, ({ inputTokens }) => inputTokens),
          told(items, ({ outputTokens }) => outputTokens),
          told(items, ({ latencyMs }) => latencyMs),
        ]
      : [null, null, null, null, null, null]),
    String(lookFirst),
  ];
}

const verdicts: readonly Verdict[] = ['refused', 'recorded', 'repeated', 'key_reused', 'terms_changed', 'overflow'];

/** The results of a batch from the arrays that `quota_take` gives back as text. */
export function decodeTake(row: readonly (string | null)[], batch: PlainBatch): MeterResult[] {
  const { items, termsOfItem } = batch;
  const [codes, taken, held, usedThen, heldThen, limitsThen, resetsThen] = row.map(elements);
  if (codes === null) return allRecorded(batch, taken, held);
  if (codes?.length !== items.length || !taken || !held) throw new Error('The database answered another number of items than it was asked.');
  return items.map((item, index): MeterResult => {
    const verdict = verdicts[Number(codes[index])];
    const terms = termsOfItem[index];
    if (!verdict || !terms) throw new Error(`The database answered with the unknown verdict ${codes[index]}.`);
    const result: MeterResult = {
      verdict, reason: null, retryAt: null, used: 0n, held: 0n, quantity: verdict === 'recorded' ? item.quantity : 0n, limit: item.limit, resetsAt: null,
      reservation: null,
    };
    if (verdict === 'repeated') {
      result.used = wholeOrNull(usedThen?.[index]) ?? 0n;
      result.held = wholeOrNull(heldThen?.[index]) ?? 0n;
      result.limit = wholeOrNull(limitsThen?.[index]);
      result.resetsAt = momentOrNull(resetsThen?.[index]);
      return result;
    }
    result.held = BigInt(held[terms.slot - 1] ?? '0');
    result.used = BigInt(taken[index] ?? '0') - result.held;
    if (verdict === 'refused') result.reason = refusalReasons[Math.max(terms.refusal, 1) - 1] ?? 'limit_reached';
    return result;
  });
}

/** The results of a batch that was decided by counter: `taken` is used and held together before it. */
function allRecorded({ items, counters, termsOfItem, running }: PlainBatch, taken: string[] | null | undefined, held: string[] | null | undefined): MeterResult[] {
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
