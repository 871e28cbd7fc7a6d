import { hash as digest, randomFillSync } from 'node:crypto';
import { DomainError } from '@/lib/core/errors';
import { PassingMap } from '@/lib/core/passing-map';
import { isHeldUp, isOutage, MeterConnections } from './store';
import { GroupCommit, type Caller } from './group-commit';
import type { MeterItem, MeterResult } from './meter-item';

const concurrency = 2;
/** A batch costs this process as much as several calls, however few it holds. */
const worthwhile = 16;
const batchSize = 1_000;
const queueSize = 50_000;

// Chance is fetched for many ids at once: a call of its own for each would cost more than the rest of the item.
const chances = Buffer.alloc(10 * 512);
let digits = '';
let unusedFrom = 0;

/** Twenty hexadecimal digits. */
function chance(): string {
  if (unusedFrom === digits.length) {
    digits = randomFillSync(chances).toString('hex');
    unusedFrom = 0;
  }
  unusedFrom += 20;
  return digits.slice(unusedFrom - 20, unusedFrom);
}

// Many ids are of one millisecond: it is written once.
let latest = NaN;
let latestText = '';

function startOfId(moment: number): string {
  if (moment !== latest) {
    const time = moment.toString(16).padStart(12, '0');
    latestText = `${time.slice(0, 8)}-${time.slice(8)}`;
    latest = moment;
  }
  return latestText;
}

/**
 * The id of the event that an idempotency key of an account stands for. Without a key it is a random one that holds the
 * moment at which the event occurs, to the millisecond, so that it can be found again.
 */
export function eventId(accountId: string, key: string | null, occurredAt: Date): string {
  if (key === null) {
    // Version 7 of RFC 9562: time, then chance.
    const random = chance();
    return `${startOfId(occurredAt.getTime())}-7${random.slice(1, 4)}-a${random.slice(5, 8)}-${random.slice(8)}`;
  }
  const hash = digest('sha256', `${accountId}\n${key}`, 'hex');
  // Version 8: our own bits.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** The moment that the id of an event without a key holds; null for the id of a key. */
export function momentOfEventId(id: string): Date | null {
  return id.charAt(14) === '7' ? new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : null;
}

/** The id of the reservation or lease that an idempotency key of an account stands for, kept apart from events. */
export function reservationId(accountId: string, key: string | null, createdAt: Date): string {
  return eventId(`${accountId}\nreservation`, key, createdAt);
}

/** An item that is being decided, for its caller and for those who ask for the same meanwhile. */
class UnderWay implements Caller<MeterResult> {
  private joined: Caller<MeterResult>[] | null = null;

  constructor(
    private readonly all: PassingMap<string, UnderWay>,
    private readonly featureKey: string,
    private readonly item: MeterItem,
    private readonly caller: Caller<MeterResult>,
  ) {
    all.set(item.id, this);
  }

  isOf(featureKey: string, item: MeterItem): boolean {
    return this.featureKey === featureKey && this.item.operation === item.operation && quantityOf(this.item) === quantityOf(item);
  }

  join(caller: Caller<MeterResult>): void {
    (this.joined ??= []).push(caller);
  }

  resolve(result: MeterResult): void {
    this.end();
    this.caller.resolve(result);
    this.joined?.forEach((caller) => caller.resolve(asRepeated(result)));
  }

  reject(error: unknown): void {
    this.end();
    this.caller.reject(error);
    this.joined?.forEach((caller) => caller.reject(error));
  }

  private end(): void {
    if (this.all.get(this.item.id) === this) this.all.delete(this.item.id);
  }
}

/** What an item asks for, and of which feature. */
export interface Ask {
  featureKey: string;
  item: MeterItem;
}

/** What became of an item of many: its result, or why it has none. */
export type Outcome = { result: MeterResult } | { error: unknown };

/** The outcomes of items that were asked for together, and who waits for all of them. */
class Together {
  readonly outcomes: Outcome[] = [];

  constructor(
    private open: number,
    private readonly done: (outcomes: Outcome[]) => void,
  ) {}

  settle(place: number, outcome: Outcome): void {
    this.outcomes[place] = outcome;
    this.open -= 1;
    if (this.open === 0) this.done(this.outcomes);
  }
}

/** One of them. A class, since two functions made for each of a thousand items cost more than what they do. */
class OneOfMany implements Caller<MeterResult> {
  constructor(
    private readonly together: Together,
    private readonly place: number,
  ) {}

  resolve(result: MeterResult): void {
    this.together.settle(this.place, { result });
  }

  reject(error: unknown): void {
    this.together.settle(this.place, { error });
  }
}

/** Decides and records usage of this process: see README.md. */
export class QuotaEngine {
  private readonly connections: MeterConnections;
  private readonly batches: GroupCommit<MeterItem, MeterResult>;
  private readonly underWay = new PassingMap<string, UnderWay>();
  private closed = false;

  constructor(databaseUrl: string) {
    this.connections = new MeterConnections(databaseUrl, concurrency);
    this.batches = new GroupCommit({
      apply: (items) => this.connections.apply(items),
      isOutage,
      isHeldUp,
      laneOf: (item) => item.counterId,
      takesTurns: true,
      worthwhile,
      batchSize,
      concurrency,
      queueSize,
    });
  }

  /** Throws `overloaded` when that many further items do not fit in the queue. */
  assertRoom(items: number): void {
    this.batches.assertRoom(items);
  }

  /**
   * Decides and records one item. A second item with the id of one that is under way joins it.
   * Throws `overloaded` when the queue is full, the database is away or the process is about to end.
   */
  submit(featureKey: string, item: MeterItem): Promise<MeterResult> {
    return new Promise((resolve, reject) => this.take({ featureKey, item }, { resolve, reject }));
  }

  /** The same for many at once, each by itself: outcomes in the order of the items, once all are known. */
  submitAll(asks: readonly Ask[]): Promise<Outcome[]> {
    if (asks.length === 0) return Promise.resolve([]);
    return new Promise((done) => {
      const together = new Together(asks.length, done);
      asks.forEach((ask, place) => this.take(ask, new OneOfMany(together, place)));
    });
  }

  private take({ featureKey, item }: Ask, caller: Caller<MeterResult>): void {
    if (this.closed) return caller.reject(new DomainError('overloaded', undefined, { retryAfterSeconds: 1 }));
    // An id by chance is nobody else's.
    if ('keyText' in item && item.keyText === null) return this.batches.submit(item, caller);
    const same = this.underWay.get(item.id);
    if (same?.isOf(featureKey, item)) return same.join(caller);
    if (same && 'keyText' in item) return caller.reject(new DomainError('idempotency_key_reused'));
    this.batches.submit(item, new UnderWay(this.underWay, featureKey, item, caller));
  }

  /** Takes nothing new, answers all that is under way and closes its connections. */
  async drain(): Promise<void> {
    this.closed = true;
    await this.batches.drain();
    await this.connections.close();
  }
}

const quantityOf = (item: MeterItem): bigint => ('quantity' in item ? item.quantity : 0n);

function asRepeated(result: MeterResult): MeterResult {
  return result.verdict === 'recorded' ? { ...result, verdict: 'repeated' } : result;
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalQuotaEngine?: QuotaEngine };

function newEngine(): QuotaEngine {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error('DATABASE_URL is not set: start the portal with `npm start`, which sets it.');
  return new QuotaEngine(databaseUrl);
}

/** The engine of this process. */
export function quotaEngine(): QuotaEngine {
  return (holder.portalQuotaEngine ??= newEngine());
}

/** Answers every quota call under way, then refuses further ones: for a process about to end. */
export async function drainQuotaEngine(): Promise<void> {
  await holder.portalQuotaEngine?.drain();
}

/** The same, and the next call gets a new engine: for tests, which change the database under the process. */
export async function forgetQuotaEngine(): Promise<void> {
  await drainQuotaEngine();
  holder.portalQuotaEngine = undefined;
}
