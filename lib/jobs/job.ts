import type { Clock } from '@/lib/core/clock';

/** Work that is done again and again. Every job may run twice or in two processes at once and still do its work once. */
export interface JobDefinition {
  /** Also the name of its queue. */
  name: string;
  /** When it runs: minute, hour, day, month, weekday in UTC. */
  cron: string;
  /** A notification on this channel of PostgreSQL wakes it between its times. */
  wokenBy?: string;
  /** After this time a run counts as dead and the next may start. */
  expireInSeconds: number;
  /** Returns what it did, for the log. */
  run(clock: Clock): Promise<Record<string, number>>;
}
