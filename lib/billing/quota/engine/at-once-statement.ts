import { elements, literal } from './literals';
import type { MeterResult } from './meter-item';
import { allRecorded, type PlainBatch } from './plain-batch';
import { encodeItems } from './take-statement';

/** The call of `quota_take_at_once` (see the migrations); its parameters are array literals in this order. */
export const atOnceStatement = `
  SELECT * FROM quota_take_at_once(
    $1::bigint, $2::integer, $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[], $10::integer[],
    $11::uuid[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[])`;

/** The parameters for a batch that tells no dimension and whose sums fit. */
export function encodeAtOnce(batch: PlainBatch): (string | null)[] {
  const { items, counters, running, now, hasKeys } = batch;
  const { slots, ids, quantities, occurred, recorded, keyTexts } = encodeItems(batch);
  const hour = counters[0]?.hour ?? 0;
  return [
    String(now),
    String(hour),
    counters.every((one) => one.hour === hour) ? null : literal(counters.map((one) => one.hour)),
    literal(counters.map(({ counterId }) => counterId)),
    literal(counters.map(({ version }) => version)),
    literal(counters.map(({ ceiling }) => ceiling)),
    hasKeys ? literal(counters.map(({ limit }) => limit)) : null,
    literal(counters.map(({ total }) => total)),
    counters.length === items.length ? null : literal(counters.map(({ calls }) => calls)),
    slots,
    ids,
    quantities,
    hasKeys ? literal(running) : null,
    occurred,
    recorded,
    keyTexts,
  ];
}

/** The results of the batch; else whether a key that was used before is why it has to be decided by `quota_take`. */
export function decodeAtOnce([taken, held, repeats]: readonly (string | null)[], batch: PlainBatch): MeterResult[] | { repeats: boolean } {
  return taken === null ? { repeats: repeats === 't' } : allRecorded(batch, elements(taken), elements(held));
}
