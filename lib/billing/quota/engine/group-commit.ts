import { DomainError } from '@/lib/core/errors';

export interface GroupCommitOptions<Item, Result> {
  /** Applies a batch at once: all of it or, when it throws, nothing. Results in the order of the items. */
  apply(items: Item[]): Promise<Result[]>;
  /** Whether an error says that nothing can be applied at the moment, so that trying items one by one is pointless. */
  isOutage(error: unknown): boolean;
  /** Whether an error says that something held the item up for too long, and so would others of its lane. */
  isHeldUp(error: unknown): boolean;
  /** Items of one lane wait for the same thing. */
  laneOf(item: Item): unknown;
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
}

const overloaded = (): DomainError => new DomainError('overloaded', undefined, { retryAfterSeconds: 1 });

/**
 * Gathers calls by nature: while batches are under way new items wait, and what has gathered when one ends is the next
 * batch. There is no timer: a lone call leaves at once.
 */
export class GroupCommit<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private underWay = 0;
  private woken = false;
  private idle: (() => void)[] = [];

  constructor(private readonly options: GroupCommitOptions<Item, Result>) {}

  /** Throws `overloaded` when that many further items do not fit in the queue. */
  assertRoom(items: number): void {
    if (this.waiting.length + items > this.options.queueSize) throw overloaded();
  }

  /**
   * Has the caller told the item's result, or why there is none: `overloaded` when the queue is full or the database is away,
   * else what `apply` threw. Not a promise: a thousand items of one request need one of them only.
   */
  submit(item: Item, caller: Caller<Result>): void {
    if (this.waiting.length >= this.options.queueSize) return caller.reject(overloaded());
    this.waiting.push({ item, caller });
    this.wake();
  }

  /** Settles when nothing waits and nothing is under way. */
  drain(): Promise<void> {
    if (this.waiting.length === 0 && this.underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Starts batches at the end of this turn of the event loop: callers answered together ask again together. */
  private wake(): void {
    if (this.woken || this.underWay >= this.options.concurrency) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.underWay < this.options.concurrency && this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.options.batchSize);
      this.underWay += 1;
      void this.run(batch).finally(() => {
        this.underWay -= 1;
        if (this.waiting.length > 0) this.wake();
        else if (this.underWay === 0) for (const settle of this.idle.splice(0)) settle();
      });
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
