import { bigints, integers, uuids } from './binary-arrays';
import { elements, ifTold, momentOrNull, texts, unbounded, wholeOrNull, type Parameter } from './literals';
import {
  refusalReasons, type Allowance, type MeterItem, type MeterResult, type Operation, type ReservationStatus, type UsageDimensions, type Verdict,
} from './meter-item';

/** The call of `quota_operate` (see the migrations); its parameters in this order. */
export const operateStatement = `
  SELECT * FROM quota_operate(
    $1::bigint, $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::uuid[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::bigint[], $13::bigint[], $14::integer[], $15::bigint[], $16::bigint[], $17::integer[], $18::integer[], $19::bigint[], $20::uuid[],
    $21::bigint[], $22::integer[], $23::integer[], $24::bigint[], $25::numeric[], $26::integer[], $27::text[], $28::text[], $29::text[], $30::integer[],
    $31::bigint[], $32::bigint[], $33::integer[])`;

const operations: Record<Operation, number> = {
  consume: 1, record: 2, reserve: 3, lease: 4, commit: 5, release: 6, settle: 7, level_set: 8, level_change: 9, correct: 10,
};

const allowance = (item: MeterItem): Partial<Allowance> => ('ceiling' in item ? item : {});
const dimensionsOf = (item: MeterItem): UsageDimensions => ('dimensions' in item ? item.dimensions : {});
const limitOf = (item: MeterItem): bigint | null => ('limit' in item ? item.limit : null);

/** The parameters for a batch. Counters and rates are named once, ascending, which is the order their locks are taken in. */
export function encodeOperate(items: readonly MeterItem[]): Parameter[] {
  const latest = new Map<number, { hour: number; day: number }>();
  const groupNames = new Map<string, number>();
  const groupOfCounter = new Map<number, number>();
  for (const item of items) {
    const before = latest.get(item.counterId);
    if (!before || before.hour < item.hour) latest.set(item.counterId, { hour: item.hour, day: item.day });
    const { spend } = allowance(item);
    if (!spend) continue;
    const group = groupNames.get(spend.group) ?? groupNames.size + 1;
    groupNames.set(spend.group, group);
    for (const id of spend.counterIds) {
      groupOfCounter.set(id, group);
      // Looked at only: no hour of it begins.
      if (!latest.has(id)) latest.set(id, { hour: 0, day: 0 });
    }
  }
  const counters = [...latest].sort(([one], [other]) => one - other);
  const slots = new Map(counters.map(([id], index) => [id, index + 1]));

  const rates = items.flatMap((item, index) => (allowance(item).rates ?? []).map((rate) => ({ ...rate, item: index + 1 })));
  const rateIds = [...new Set(rates.map(({ rateId }) => rateId))].sort((one, other) => one - other);
  const ratePlaces = new Map(rateIds.map((id, index) => [id, index + 1]));
  const spends = items.map((item) => allowance(item).spend ?? null);
  const dimensions = items.map(dimensionsOf);

  return [
    String(items.reduce((newest, { recordedAt }) => Math.max(newest, recordedAt.getTime()), 0)),
    bigints(counters.map(([id]) => id)),
    integers(counters.map(([, { hour }]) => hour)),
    integers(counters.map(([, { day }]) => day)),
    integers(counters.map(([id]) => groupOfCounter.get(id))),
    integers(items.map(({ operation }) => operations[operation])),
    integers(items.map(({ counterId }) => slots.get(counterId))),
    uuids(items.map(({ id }) => id)),
    bigints(items.map((item) => ('quantity' in item ? item.quantity : 0n))),
    bigints(items.map((item) => (item.operation === 'lease' ? item.minimum : 0n))),
    bigints(items.map((item) => allowance(item).ceiling ?? unbounded)),
    bigints(items.map(limitOf)),
    bigints(items.map((item) => allowance(item).termsVersion ?? -1n)),
    integers(items.map((item) => refusalReasons.indexOf(allowance(item).refusal ?? 'limit_reached') + 1)),
    bigints(items.map(({ occurredAt }) => occurredAt.getTime())),
    bigints(items.map(({ recordedAt }) => recordedAt.getTime())),
    integers(items.map(({ hour }) => hour)),
    integers(items.map(({ day }) => day)),
    ifTold(items, bigints, (item) => ('expiresAt' in item ? item.expiresAt.getTime() : null)),
    ifTold(items, uuids, (item) => (item.operation === 'correct' ? item.correctsId : null)),
    rates.length === 0 ? null : bigints(rateIds),
    integers(rates.map(({ item }) => item)),
    integers(rates.map(({ rateId }) => ratePlaces.get(rateId))),
    bigints(rates.map(({ limit }) => limit)),
    ifTold(spends, texts, (spend) => spend?.amount),
    ifTold(spends, integers, (spend) => (spend ? groupNames.get(spend.group) : null)),
    ifTold(items, texts, (item) => ('keyText' in item ? item.keyText : null)),
    ifTold(dimensions, texts, ({ model }) => model),
    ifTold(dimensions, texts, ({ costCentre }) => costCentre),
    ifTold(dimensions, integers, ({ statusCode }) => statusCode),
    ifTold(dimensions, bigints, ({ inputTokens }) => inputTokens),
    ifTold(dimensions, bigints, ({ outputTokens }) => outputTokens),
    ifTold(dimensions, integers, ({ latencyMs }) => latencyMs),
  ];
}

const verdicts: readonly Verdict[] = [
  'refused', 'recorded', 'repeated', 'key_reused', 'terms_changed', 'overflow', 'not_found', 'settled', 'below_zero', 'already_voided',
];
const statuses: readonly ReservationStatus[] = ['held', 'committed', 'released', 'expired', 'settled'];

/** The results of a batch from the arrays that `quota_operate` gives back as text. */
export function decodeOperate(row: readonly (string | null)[], items: readonly MeterItem[]): MeterResult[] {
  const [codes, reasons, used, held, written, limits, resets, roomAt, states, reserved, settled, ends] = row.map(elements);
  if (codes?.length !== items.length) throw new Error('The database answered another number of items than it was asked.');
  return items.map((_, index): MeterResult => {
    const verdict = verdicts[Number(codes[index])];
    if (!verdict) throw new Error(`The database answered with the unknown verdict ${codes[index]}.`);
    const status = statuses[Number(wholeOrNull(states?.[index]) ?? 0n) - 1];
    return {
      verdict,
      reason: refusalReasons[Number(wholeOrNull(reasons?.[index]) ?? 0n) - 1] ?? null,
      retryAt: momentOrNull(roomAt?.[index]),
      used: wholeOrNull(used?.[index]) ?? 0n,
      held: wholeOrNull(held?.[index]) ?? 0n,
      quantity: wholeOrNull(written?.[index]) ?? 0n,
      limit: wholeOrNull(limits?.[index]),
      resetsAt: momentOrNull(resets?.[index]),
      reservation: status
        ? {
            status,
            quantity: wholeOrNull(reserved?.[index]) ?? 0n,
            settledQuantity: wholeOrNull(settled?.[index]),
            expiresAt: momentOrNull(ends?.[index]) ?? new Date(NaN),
          }
        : null,
    };
  });
}
