import { bigints, integers } from './binary-arrays';
import { elements, type Parameter } from './literals';
import type { MeterResult } from './meter-item';
import { allRecorded, type PlainBatch } from './plain-batch';
import { encodeDimensions, encodeItems } from './take-statement';

/** The call of `quota_take_at_once` (see the migrations); its parameters in this order. */
export const atOnceStatement = `
  SELECT * FROM quota_take_at_once(
    $1::bigint, $2::integer, $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[], $10::integer[],
    $11::uuid[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[], $17::bigint[], $18::bigint[], $19::bigint[],
    $20::integer[], $21::text[], $22::text[], $23::integer[], $24::bigint[], $25::bigint[], $26::integer[])`;

/** The parameters for a batch whose sums fit. */
export function encodeAtOnce(batch: PlainBatch): Parameter[] {
  const { items, counters, rates, running, now, hasKeys, tells } = batch;
  const { slots, ids, quantities, occurred, recorded, keyTexts } = encodeItems(batch);
  const hour = counters[0]?.hour ?? 0;
  const paced = rates.length > 0;
  return [
    String(now),
    String(hour),
    counters.every((one) => one.hour === hour) ? null : integers(counters.map((one) => one.hour)),
    bigints(counters.map(({ counterId }) => counterId)),
    bigints(counters.map(({ version }) => version)),
    bigints(counters.map(({ ceiling }) => ceiling)),
    hasKeys ? bigints(counters.map(({ limit }) => limit)) : null,
    bigints(counters.map(({ total }) => total)),
    counters.length === items.length ? null : integers(counters.map(({ calls }) => calls)),
    slots,
    ids,
    quantities,
    hasKeys ? bigints(running) : null,
    occurred,
    recorded,
    keyTexts,
    paced ? bigints(rates.map(({ rateId }) => rateId)) : null,
    paced ? bigints(rates.map(({ total }) => total)) : null,
    paced ? bigints(rates.map(({ limit }) => limit)) : null,
    tells ? integers(counters.map(({ day }) => day)) : null,
    ...encodeDimensions(batch),
  ];
}

/** The results of the batch; else whether a key that was used before is why it has to be decided by another statement. */
export function decodeAtOnce([taken, held, repeats]: readonly (string | null)[], batch: PlainBatch): MeterResult[] | { repeats: boolean } {
  return taken === null ? { repeats: repeats === 't' } : allRecorded(batch, elements(taken), elements(held));
}
