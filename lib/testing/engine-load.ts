import { eventId, reservationId, type QuotaEngine } from '@/lib/billing/quota/engine/engine';
import type { MeterResult } from '@/lib/billing/quota/engine/meter-item';

/** Where the load goes and what the calls are named. */
export interface EngineLoad {
  counterIds: number[];
  now: number;
}

/** What call number `call` counts in the end: one unit, or one of the two that it reserved. */
export const unitsOfCall = 1n;

/**
 * One call with a key of its own, the same however often it is made: one in four reserves two units and commits one, the others
 * consume one. It must be accepted.
 */
export async function makeCall(engine: QuotaEngine, { counterIds, now }: EngineLoad, call: number): Promise<void> {
  const moment = new Date(now);
  const counterId = counterIds[call % counterIds.length] ?? 0;
  const base = {
    counterId, ceiling: null, limit: null, termsVersion: null, occurredAt: moment, recordedAt: moment, hour: Math.floor(now / 3_600_000) * 60,
    day: Math.floor(now / 86_400_000), dimensions: call % 5 === 0 ? { model: 'demo-large', latencyMs: 20 } : {},
  };
  const keyText = `call-${call}`;
  if (call % 4 === 3) {
    const id = reservationId('load', keyText, moment);
    accepted(await engine.submit('load', { operation: 'reserve', ...base, id, keyText, quantity: 2n, expiresAt: new Date(now + 60_000) }));
    accepted(await engine.submit('load', { operation: 'commit', ...base, id, quantity: 1n }));
  } else {
    accepted(await engine.submit('load', { operation: 'consume', ...base, id: eventId('load', keyText, moment), keyText, quantity: 1n }));
  }
}

function accepted({ verdict }: MeterResult): void {
  if (verdict !== 'recorded' && verdict !== 'repeated') throw new Error(`The call was answered with ${verdict}.`);
}
