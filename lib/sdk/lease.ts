import type { Connection } from './connection.js';
import { backOff } from './connection.js';
import { isUnavailable, PortalAnswerError } from './errors.js';
import { LeaseLedger, type Slice } from './lease-ledger.js';
import { nextSliceSize } from './slice-size.js';
import type { Dimensions } from './types.js';

export interface LeaseOptions {
  /**
   * What `take` answers when the portal is away and the slice at hand is used up: `closed` (default) refuses, `open`
   * accepts and reports the units as usage when the portal is back, past the limit if need be.
   */
  whenAway?: 'closed' | 'open';
  /** Smallest slice to ask for; 10 unless said. */
  minimumSlice?: number;
  /** Largest slice to ask for; 10 000 000 unless said. */
  maximumSlice?: number;
  /** How long a slice should last at the present rate of use, in seconds; 2 unless said. */
  sliceSeconds?: number;
  /** After how long the portal counts a slice of a killed process in full, 5 to 3 600; 60 unless said. */
  expiresInSeconds?: number;
  /** Told with everything that is used through this lease. */
  dimensions?: Pick<Dimensions, 'model' | 'costCentre'>;
  /** Called when the portal could not be asked, or refused to answer. */
  onFailure?(error: unknown): void;
}

export type WhyNot = 'no_slice_yet' | 'away' | 'closed' | (string & {});

const askAgainAfter = 1_000;

/**
 * A slice of a quota, held by this process: `take` answers at once, without asking anybody, and never gives out a unit
 * that the portal has not set aside. The next slice is asked for when half of the last one is used. Slices are settled,
 * and what is left of them given back, when they are used up, when they grow old, and on `close`.
 */
export class Lease {
  private slices: Slice[] = [];
  /** Below this `take` asks for the next slice. */
  private low = 0;
  private asking: Promise<void> | null = null;
  private askAgainAt = -Infinity;
  private failures = 0;
  private reason: WhyNot = 'no_slice_yet';
  private size: number;
  private takenSinceAsked = 0;
  private askedAt: number;
  private owed = 0;
  private callOff: (() => void) | null = null;
  private closing: Promise<void> | null = null;
  private readonly ledger: LeaseLedger;

  constructor(
    readonly feature: string,
    private readonly connection: Connection,
    private readonly options: LeaseOptions,
    newKey: () => string,
    /** Takes what was used without a slice while the portal was away. */
    private readonly report: (quantity: number) => void,
  ) {
    this.ledger = new LeaseLedger(connection, { feature, expiresInSeconds: this.expiresInSeconds, dimensions: options.dimensions ?? {}, newKey });
    this.size = options.minimumSlice ?? 10;
    this.askedAt = connection.options.clock.now();
  }

  private get expiresInSeconds(): number {
    return this.options.expiresInSeconds ?? 60;
  }

  /** How many units are held and not used yet. */
  get left(): number {
    return this.slices.reduce((sum, slice) => sum + slice.left, 0);
  }

  /** Why the last `take` answered false: a reason of the portal such as `limit_reached`, or one of ours. */
  get whyNot(): WhyNot {
    return this.reason;
  }

  /** Takes units of the slice at hand: true when they were there. Answers at once, and asks for more when little is left. */
  take(quantity = 1): boolean {
    const slice = this.slices[0];
    if (slice === undefined || !(quantity <= slice.left) || !(quantity > 0) || !Number.isSafeInteger(quantity)) return this.takeElsewhere(quantity);
    slice.left -= quantity;
    this.takenSinceAsked += quantity;
    if (slice.left <= this.low) this.runLow();
    return true;
  }

  /** Takes units as `take` does, but where the slice at hand is too small waits for one that the portal is asked for now. */
  async acquire(quantity = 1): Promise<boolean> {
    for (;;) {
      if (this.take(quantity)) return true;
      if (this.closing || (!this.asking && this.mustWait())) return false;
      await this.ask(quantity);
    }
  }

  /** Settles once the first slice is there, or the portal has refused it or could not be asked. */
  async ready(): Promise<void> {
    if (this.slices.length === 0 && !this.closing) await this.ask(1);
  }

  /** Gives back what was not used. Nothing can be taken any more. */
  close(): Promise<void> {
    this.closing ??= this.giveBack();
    return this.closing;
  }

  private async giveBack(): Promise<void> {
    this.reason = 'closed';
    this.callOff?.();
    await this.asking;
    const slices = this.slices.splice(0);
    await Promise.all(slices.map((slice) => this.ledger.settle(slice)));
    await this.ledger.close();
    this.reportOwed();
  }

  /** Takes from several slices together, or without one where that was chosen, or not at all. */
  private takeElsewhere(quantity: number): boolean {
    if (!Number.isSafeInteger(quantity) || quantity <= 0) throw new RangeError('Take a whole number of units above zero.');
    if (this.closing) return false;
    if (quantity <= this.left) {
      let open = quantity;
      for (const slice of this.slices) {
        const part = Math.min(open, slice.left);
        slice.left -= part;
        open -= part;
      }
      this.takenSinceAsked += quantity;
      this.runLow();
      return true;
    }
    if (!this.mustWait()) void this.ask(quantity);
    if (this.reason !== 'away' || this.options.whenAway !== 'open') return false;
    this.owed += quantity;
    return true;
  }

  private mustWait(): boolean {
    return this.connection.options.clock.now() < this.askAgainAt;
  }

  /** Settles slices that are used up, and asks for the next one ahead of need. */
  private runLow(): void {
    while (this.slices[0]?.left === 0) void this.ledger.settle(this.slices.shift() as Slice);
    const [slice, next] = this.slices;
    if (!next && (!slice || slice.left <= slice.quantity / 2) && !this.mustWait()) void this.ask(1);
    this.low = this.lowestOf(this.slices);
  }

  /** Half of the only slice; nothing while the next one is there, is being asked for or cannot be asked for yet. */
  private lowestOf([slice, next]: readonly Slice[]): number {
    return slice && !next && !this.asking && !this.mustWait() ? Math.floor(slice.quantity / 2) : 0;
  }

  private ask(atLeast: number): Promise<void> {
    this.asking ??= this.askOnce(atLeast).finally(() => {
      this.asking = null;
      this.low = this.lowestOf(this.slices);
    });
    return this.asking;
  }

  private async askOnce(atLeast: number): Promise<void> {
    const { clock, random } = this.connection.options;
    const now = clock.now();
    const { minimumSlice: minimum = 10, maximumSlice: maximum = 10_000_000, sliceSeconds = 2 } = this.options;
    this.size = nextSliceSize(this.size, this.takenSinceAsked, now - this.askedAt, { minimum, maximum, lasts: sliceSeconds * 1_000 });
    this.takenSinceAsked = 0;
    this.askedAt = now;
    try {
      const { slice, reason, retryAfterSeconds, resetsAt } = await this.ledger.take(Math.max(this.size, atLeast));
      this.failures = 0;
      void this.ledger.settleLate();
      this.reportOwed();
      if (slice) this.slices.push(slice);
      this.askAgainAt = slice ? -Infinity : clock.now() + (retryAfterSeconds === null ? askAgainAfter : retryAfterSeconds * 1_000);
      this.say(slice ? 'no_slice_yet' : (reason ?? 'limit_reached'));
      this.rotateLater(resetsAt);
    } catch (error) {
      this.askAgainAt = clock.now() + backOff(this.failures, random);
      this.failures += 1;
      this.say(error instanceof PortalAnswerError && !isUnavailable(error) ? error.code : 'away');
      this.options.onFailure?.(error);
      this.rotateLater(null);
    }
  }

  private say(reason: WhyNot): void {
    if (!this.closing) this.reason = reason;
  }

  private reportOwed(): void {
    if (this.owed === 0) return;
    this.report(this.owed);
    this.owed = 0;
  }

  /** Slices are changed at half of their life, and when the limit begins anew, so that none expires in our hands. */
  private rotateLater(resetsAt: Date | null): void {
    if (this.callOff || this.closing) return;
    const { clock } = this.connection.options;
    const untilReset = resetsAt ? Math.max(resetsAt.getTime() - clock.date().getTime(), 0) : Infinity;
    this.callOff = clock.after(Math.min(this.expiresInSeconds * 500, untilReset + 50), () => {
      this.callOff = null;
      void this.rotate();
    });
  }

  /** A new slice first, so that there is no moment without one; then what is left of the old ones goes back. */
  private async rotate(): Promise<void> {
    if (this.closing) return;
    const old = [...this.slices];
    await this.ask(1);
    if (this.closing || this.reason === 'away') return this.rotateLater(null);
    const returning = this.slices.filter((slice) => old.includes(slice));
    this.slices = this.slices.filter((slice) => !old.includes(slice));
    await Promise.all(returning.map((slice) => this.ledger.settle(slice)));
    if (this.slices.length === 0 && !this.closing) await this.ask(1);
    this.rotateLater(null);
  }
}
