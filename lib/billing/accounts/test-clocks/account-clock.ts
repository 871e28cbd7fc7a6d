import { FixedClock, type Clock } from '@/lib/core/clock';
import { ChangeFeed, database } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import { readSimulatedTime, readSimulatedTimes } from './store';

/** Every simulated time, held while the database tells of each change to one: every call of a product asks for its now. */
class SimulatedTimes {
  private times: Map<string, Date> | null = null;
  /** Counts what was heard: times read before a change was heard are not kept. */
  private heard = 0;
  readonly feed: ChangeFeed;

  constructor(databaseUrl: string) {
    const forget = (): void => {
      this.heard += 1;
      this.times = null;
    };
    this.feed = new ChangeFeed(databaseUrl, 'test_clock_changed', { changed: forget, lost: forget });
  }

  /** Undefined when it has to be read. */
  get(accountId: string): Date | null | undefined {
    return this.times === null ? undefined : (this.times.get(accountId) ?? null);
  }

  async read(accountId: string): Promise<Date | null> {
    const heardBefore = this.heard;
    const mayKeep = this.feed.live;
    const times = await readSimulatedTimes(database());
    if (mayKeep && this.heard === heardBefore) this.times = times;
    return times.get(accountId) ?? null;
  }
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalSimulatedTimes?: SimulatedTimes };

const clockAt = (time: Date | null, realTime: Clock): Clock => (time ? new FixedClock(time) : realTime);

/** The clock of the account where that is known at once: `realTime` unless it lives by a simulated one. Production has none. */
export function rememberedClock(accountId: string, realTime: Clock): Clock | undefined {
  if (!settings().demo || accountId === '') return realTime;
  const time = holder.portalSimulatedTimes?.get(accountId);
  return time === undefined ? undefined : clockAt(time, realTime);
}

/** The clock that the account lives by: `realTime` unless it was given a simulated one. */
export async function clockFor(accountId: string, realTime: Clock): Promise<Clock> {
  const known = rememberedClock(accountId, realTime);
  if (known) return known;
  const memory = holder.portalSimulatedTimes;
  return clockAt(memory ? await memory.read(accountId) : await readSimulatedTime(database(), accountId), realTime);
}

/** Begins to keep simulated times in memory; for a server, once `DATABASE_URL` is set. */
export async function rememberTestClocks(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl || holder.portalSimulatedTimes) throw new Error('Test clocks are remembered once, with DATABASE_URL set.');
  if (!settings().demo) return;
  const memory = new SimulatedTimes(databaseUrl);
  holder.portalSimulatedTimes = memory;
  await memory.feed.open();
}

/** Forgets everything and closes the connection. */
export async function forgetTestClocks(): Promise<void> {
  const memory = holder.portalSimulatedTimes;
  delete holder.portalSimulatedTimes;
  await memory?.feed.close();
}
