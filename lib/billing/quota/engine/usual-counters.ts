import type { MeterResult } from './meter-item';
import type { PlainBatch } from './plain-batch';

const minute = 60_000;
const mostKept = 50_000;

/**
 * Counters whose usage was recorded without further ado in the hour that runs: of them the same is expected again. Only a guess of
 * which statement costs less, never of what it decides.
 */
export class UsualCounters {
  private readonly hours = new Map<number, number>();

  /** Whether the batch may as well be tried at once. */
  expects({ counters, sumsFit }: PlainBatch): boolean {
    return sumsFit && counters.every(({ counterId, hour }) => this.hours.get(counterId) === hour);
  }

  /** Learns from what was decided item by item. */
  learn({ counters, termsOfItem, now }: PlainBatch, results: readonly MeterResult[]): void {
    if (this.hours.size + counters.length > mostKept) this.hours.clear();
    for (const { counterId, hour } of counters) if (hour + 60 > now / minute) this.hours.set(counterId, hour);
    for (const [index, { verdict }] of results.entries()) if (verdict !== 'recorded') this.hours.delete(termsOfItem[index]?.counterId ?? 0);
  }
}
