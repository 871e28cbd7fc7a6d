import type { ConsumeItem, MeterItem, MeterResult, Verdict } from './meter-item';

/** The call of `quota_apply` (see the migrations); its parameters are array literals in this order. */
export const applyStatement = `
  SELECT * FROM quota_apply(
    $1::bigint[], $2::integer[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[], $9::integer[],
    $10::timestamptz[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::integer[], $16::integer[], $17::text[])`;

type Plain = bigint | number | string | null | undefined;

const literal = (values: readonly Plain[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A literal of what the items tell under one name, or null when none tells it, which costs the database nothing. */
function optional(items: readonly ConsumeItem[], read: (item: ConsumeItem) => Plain): string | null {
  if (items.every((item) => read(item) === undefined || read(item) === null)) return null;
  return literal(
    items.map((item) => {
      const value = read(item);
      return typeof value === 'string' ? quoted(value) : value;
    }),
  );
}

function asUsage(item: MeterItem): ConsumeItem {
  if (item.operation === 'consume') return item;
  if (item.operation === 'record') return { ...item, operation: 'consume', ceiling: null, termsVersion: null };
  throw new Error(`The engine cannot ${item.operation} yet.`);
}

/** The parameters for a batch. Counters are named once, ascending, which is the order their locks are taken in. */
export function encodeBatch(all: readonly MeterItem[]): (string | null)[] {
  const items = all.map(asUsage);
  const counters = [...new Set(items.map((item) => item.counterId))].sort((one, other) => one - other);
  const slots = new Map(counters.map((id, index) => [id, index + 1]));
  return [
    literal(counters),
    literal(items.map((item) => slots.get(item.counterId))),
    literal(items.map((item) => item.id)),
    literal(items.map((item) => item.quantity)),
    literal(items.map((item) => item.ceiling)),
    literal(items.map((item) => item.limit)),
    literal(items.map((item) => item.termsVersion)),
    literal(items.map((item) => item.occurredAt.toISOString())),
    literal(items.map((item) => item.hour)),
    literal(items.map((item) => item.recordedAt.toISOString())),
    optional(items, (item) => item.keyText),
    optional(items, (item) => item.dimensions.model),
    optional(items, (item) => item.dimensions.inputTokens),
    optional(items, (item) => item.dimensions.outputTokens),
    optional(items, (item) => item.dimensions.statusCode),
    optional(items, (item) => item.dimensions.latencyMs),
    optional(items, (item) => item.dimensions.costCentre),
  ];
}

const verdicts: readonly Verdict[] = ['refused', 'recorded', 'repeated', 'key_reused', 'terms_changed', 'overflow'];

const parts = (array: string): string[] => array.slice(1, -1).split(',');
const bigintOrNull = (text: string | undefined): bigint | null => (text === undefined || text === 'NULL' ? null : BigInt(text));

/** The results of a batch from the four arrays that `quota_apply` gives back as text. */
export function decodeBatch(row: readonly string[]): MeterResult[] {
  const [codes = '{}', used = '{}', limits = '{}', resets = '{}'] = row;
  const usedParts = parts(used);
  const limitParts = parts(limits);
  const resetParts = parts(resets);
  return parts(codes).map((code, index) => {
    const verdict = verdicts[Number(code)];
    if (!verdict) throw new Error(`The database answered with the unknown verdict ${code}.`);
    const resetsAt = bigintOrNull(resetParts[index]);
    return {
      verdict,
      reason: verdict === 'refused' ? 'limit_reached' : null,
      retryAt: null,
      used: bigintOrNull(usedParts[index]) ?? 0n,
      held: 0n,
      quantity: 0n,
      reservation: null,
      limit: bigintOrNull(limitParts[index]),
      resetsAt: resetsAt === null ? null : new Date(Number(resetsAt)),
    };
  });
}
