import { bigints, integers, uuids } from './binary-arrays';
import { elements, ifTold, momentOrNull, texts, wholeOrNull, type Parameter } from './literals';
import { refusalReasons, type MeterResult, type Verdict } from './meter-item';
import { allRecorded, type PlainBatch } from './plain-batch';

/** The call of `quota_take` (see the migrations); its parameters in this order. */
export const takeStatement = `
  SELECT * FROM quota_take(
    $1::bigint, $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::integer[], $7::integer[], $8::integer[], $9::bigint[], $10::integer[],
    $11::integer[], $12::uuid[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::text[], $18::boolean, $19::text[], $20::text[],
    $21::integer[], $22::bigint[], $23::bigint[], $24::integer[], $25::boolean)`;

/** What both calls say of the items one by one; null where it can be left out. */
export function encodeItems({ items, termsOfItem, occurredNow, late, hasKeys }: PlainBatch) {
  return {
    slots: integers(termsOfItem.map(({ slot }) => slot)),
    ids: uuids(items.map(({ id }) => id)),
    quantities: bigints(items.map(({ quantity }) => quantity)),
    occurred: occurredNow ? null : bigints(items.map(({ occurredAt }) => occurredAt.getTime())),
    recorded: late ? bigints(items.map(({ recordedAt }) => recordedAt.getTime())) : null,
    keyTexts: hasKeys ? texts(items.map(({ keyText }) => keyText)) : null,
  };
}

/** What both calls say of dimensions: nulls where no item tells one. */
export function encodeDimensions({ items, tells }: PlainBatch): Parameter[] {
  if (!tells) return [null, null, null, null, null, null];
  return [
    ifTold(items, texts, ({ dimensions }) => dimensions.model),
    ifTold(items, texts, ({ dimensions }) => dimensions.costCentre),
    ifTold(items, integers, ({ dimensions }) => dimensions.statusCode),
    ifTold(items, bigints, ({ dimensions }) => dimensions.inputTokens),
    ifTold(items, bigints, ({ dimensions }) => dimensions.outputTokens),
    ifTold(items, integers, ({ dimensions }) => dimensions.latencyMs),
  ];
}

/**
 * The parameters for a batch. Counters are named once. `lookFirst`: keys that were used before are likely.
 */
export function encodeTake(batch: PlainBatch, lookFirst: boolean): Parameter[] {
  const { counters, running, now, hasKeys, tells, sumsFit } = batch;
  const { slots, ids, quantities, occurred, recorded, keyTexts } = encodeItems(batch);
  return [
    String(now),
    bigints(counters.map(({ counterId }) => counterId)),
    bigints(counters.map(({ version }) => version)),
    bigints(counters.map(({ ceiling }) => ceiling)),
    bigints(counters.map(({ limit }) => limit)),
    integers(counters.map(({ refusal }) => refusal)),
    integers(counters.map(({ hour }) => hour)),
    integers(counters.map(({ day }) => day)),
    sumsFit ? bigints(counters.map(({ total }) => total)) : null,
    integers(counters.map(({ calls }) => calls)),
    slots,
    ids,
    quantities,
    sumsFit && hasKeys ? bigints(running) : null,
    occurred,
    recorded,
    keyTexts,
    String(tells),
    ...encodeDimensions(batch),
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
