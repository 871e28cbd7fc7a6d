import { processorTime } from '../http/processes';

/** How one way of counting is asked. */
export interface Opponent {
  name: string;
  /** Takes one unit for the customer with that number, from 0; false when it was refused. */
  take(customer: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface Measure {
  perSecond: number;
  /** Milliseconds. */
  p99: number;
  /** Microseconds of processor for one decision, of this process and the servers together. */
  processor: number;
  accepted: number;
}

export const callers = 64;

/** Asks from 64 callers at once for so many seconds. `servers`: processes that work for it besides this one. */
export async function measure(opponent: Opponent, customerOf: (step: number) => number, seconds: number, servers: () => Promise<number[]>): Promise<Measure> {
  let accepted = 0;
  const take = async (step: number): Promise<void> => {
    if (await opponent.take(customerOf(step))) accepted += 1;
  };
  await Promise.all(Array.from({ length: callers }, (_, step) => take(step)));
  const before = new Map([process.pid, ...(await servers())].map((pid) => [pid, processorTime([pid])]));
  const started = performance.now();
  const ends = started + seconds * 1000;
  const latencies: number[] = [];
  let step = callers;
  const caller = async (): Promise<void> => {
    while (performance.now() < ends) {
      const since = performance.now();
      await take(step++);
      latencies.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - started) / 1000;
  // What has ended meanwhile, such as an idle connection, did nothing of note.
  const spent = [...before].reduce((sum, [pid, earlier]) => sum + Math.max(0, processorTime([pid]) - earlier), 0);
  const processor = spent / latencies.length;
  latencies.sort((one, other) => one - other);
  return { perSecond: latencies.length / took, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0, processor, accepted };
}

export const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/**
 * How two things that were measured in turns compare: the median of what each round says by itself, since a machine that others work
 * on changes its speed from one round to the next for both of them.
 */
export function compare(one: readonly number[], other: readonly number[]): number {
  return median(one.map((value, round) => value / (other[round] ?? NaN)));
}

/** The order of a round: every other one backwards, so that nothing always comes right after the same. */
export const inTurn = <Thing>(things: readonly Thing[], round: number): Thing[] => (round % 2 === 0 ? [...things].reverse() : [...things]);

/** Lines of a table whose columns are as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')).join('\n');
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
