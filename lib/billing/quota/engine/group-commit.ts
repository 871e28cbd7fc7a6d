import { DomainError } from '@/lib/core/errors';
import { PassingMap } from '@/lib/core/passing-map';

export interface GroupCommitOptions<Item, Result> {
  /** Applies a batch at once: all of it or, when it throws, nothing. Results in the order of the items. */
  apply(items: Item[]): Promise<Result[]>;
  /** Whether an error says that nothing can be applied at the moment, so that trying items one by one is pointless. */
  isOutage(error: unknown): boolean;
  /** Whether an error says that something held the item up for too long, and so would others of its lane. */
  isHeldUp(error: unknown): boolean;
  /** Items of one lane wait for the same thing. */
  laneOf(item: Item): unknown;
  /** Whether an item waits while a batch with others of its lane is under way: it would only wait elsewhere, in the way of other lanes. */
  takesTurns?: boolean;
  /**
   * So many are worth a batch: fewer wait another turn of the event loop as long as each turn brings more, and what more there is is
   * shared out among the batches that may begin. Unless said, all that waits is a batch.
   */
  worthwhile?: number;
  /** Largest number of items in one batch. */
  batchSize: number;
  /** How many batches may be under way at once. */
  concurrency: number;
  /** How many items may wait. */
  queueSize: number;
}

/** Who is told what becomes of an item. */
export interface Caller<Result> {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

interface Waiting<Item, Result> {
  item: Item;
  caller: Caller<Result>;
  /** Its number in the order of arrival. */
  arrival: number;
}

/** What waits of one lane, in the order of arrival. */
interface Lane<Item, Result> {
  name: unknown;
  waiting: Waiting<Item, Result>[];
}

const overloaded = (): DomainError => new DomainError('overloaded', undefined, { retryAfterSeconds: 1 });

/**
 * Gathers calls by nature: while batches are under way or calls come in new items wait, and what has gathered then is the next
 * batch. There is no timer: a lone call leaves at once. A lane with more than fits in a batch goes on behind the other lanes.
 */
export class GroupCommit<Item, Result> {
  /** Lanes that wait or are under way. */
  private readonly lanes = new PassingMap<unknown, Lane<Item, Result>>();
  /** Those whose turn it is next. */
  private ready: Lane<Item, Result>[] = [];
  private waiting = 0;
  private arrivals = 0;
  private underWay = 0;
  private woken = false;
  private idle: (() => void)[] = [];

  constructor(private readonly options: GroupCommitOptions<Item, Result>) {}

  /** Throws `overloaded` when that many further items do not fit in the queue. */
  assertRoom(items: number): void {
    if (this.waiting + items > this.options.queueSize) throw overloaded();
  }

  /**
   * Has the caller told the item's result, or why there is none: `overloaded` when the queue is full or the database is away,
   * else what `apply` threw. Not a promise: a thousand items of one request need one of them only.
   */
  submit(item: Item, caller: Caller<Result>): void {
    if (this.waiting >= this.options.queueSize) return caller.reject(overloaded());
    const call = { item, caller, arrival: (this.arrivals += 1) };
    const name = this.options.laneOf(item);
    const lane = this.lanes.get(name);
    this.waiting += 1;
    if (lane) lane.waiting.push(call);
    else this.open({ name, waiting: [call] });
    this.wake();
  }

  private open(lane: Lane<Item, Result>): void {
    this.lanes.set(lane.name, lane);
    this.ready.push(lane);
  }

  /** Settles when nothing waits and nothing is under way. */
  drain(): Promise<void> {
    if (this.waiting === 0 && this.underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Starts batches at the end of this turn of the event loop: callers answered together ask again together. */
  private wake(): void {
    if (this.woken || this.underWay >= this.options.concurrency || this.ready.length === 0) return;
    this.woken = true;
    const seen = this.arrivals;
    setImmediate(() => {
      this.woken = false;
      if (this.waiting < (this.options.worthwhile ?? 0) && this.arrivals > seen) this.wake();
      else this.pump();
    });
  }

  private pump(): void {
    while (this.underWay < this.options.concurrency && this.ready.length > 0) {
      const { batch, lanes } = this.gather();
      this.waiting -= batch.length;
      this.underWay += 1;
      if (!this.options.takesTurns) this.release(lanes);
      void this.run(batch).finally(() => {
        this.underWay -= 1;
        if (this.options.takesTurns) this.release(lanes);
        if (this.waiting > 0) this.wake();
        else if (this.underWay === 0) for (const settle of this.idle.splice(0)) settle();
      });
    }
  }

  /** With how many the next batch is large enough. */
  private share(): number {
    const { worthwhile, batchSize, concurrency } = this.options;
    if (worthwhile === undefined) return batchSize;
    return Math.min(batchSize, Math.max(worthwhile, Math.ceil(this.waiting / (concurrency - this.underWay))));
  }

  /** Takes a batch from the lanes whose turn it is, and these lanes. */
  private gather(): { batch: Waiting<Item, Result>[]; lanes: Lane<Item, Result>[] } {
    const batch: Waiting<Item, Result>[] = [];
    const share = this.share();
    let turns = 0;
    for (const lane of this.ready) {
      if (batch.length >= share) break;
      // All of it: what was left would wait for this batch to end.
      const room = this.options.batchSize - batch.length;
      turns += 1;
      if (lane.waiting.length === 1) batch.push(lane.waiting.pop() as Waiting<Item, Result>);
      else for (const call of lane.waiting.splice(0, room)) batch.push(call);
    }
    if (turns > 1) batch.sort((one, other) => one.arrival - other.arrival);
    return { batch, lanes: this.ready.splice(0, turns) };
  }

  private release(lanes: readonly Lane<Item, Result>[]): void {
    for (const lane of lanes) {
      if (lane.waiting.length > 0) this.ready.push(lane);
      else this.lanes.delete(lane.name);
    }
  }

  private async run(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.apply(batch.map(({ item }) => item));
      batch.forEach(({ caller }, index) => caller.resolve(results[index] as Result));
    } catch (error) {
      if (batch.length === 1) this.refuse(batch, error);
      else await this.runOneByOne(batch, error);
    }
  }

  /** One bad item must not hurt the others of its batch; where one is held up, the others of its lane do not wait again. */
  private async runOneByOne(batch: Waiting<Item, Result>[], error: unknown): Promise<void> {
    if (this.options.isOutage(error)) return this.refuse(batch, error);
    const heldUp = new Set<unknown>();
    for (const [index, call] of batch.entries()) {
      const lane = this.options.laneOf(call.item);
      if (heldUp.has(lane)) {
        call.caller.reject(overloaded());
        continue;
      }
      try {
        const [result] = await this.options.apply([call.item]);
        call.caller.resolve(result as Result);
      } catch (failure) {
        if (this.options.isOutage(failure)) return this.refuse(batch.slice(index), failure);
        if (this.options.isHeldUp(failure)) heldUp.add(lane);
        this.refuse([call], failure);
      }
    }
  }

  private refuse(calls: Waiting<Item, Result>[], error: unknown): void {
    const tryAgain = this.options.isOutage(error) || this.options.isHeldUp(error);
    for (const { caller } of calls) caller.reject(tryAgain ? overloaded() : error);
  }
}
