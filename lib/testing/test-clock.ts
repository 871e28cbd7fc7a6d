interface Timer {
  at: number;
  act(): void;
}

/** A clock for the client of `lib/sdk` that stands still until it is moved; its timers go off as it passes them. */
export class TestClock {
  private milliseconds = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly start = new Date('2026-03-01T00:00:00Z')) {}

  now(): number {
    return this.milliseconds;
  }

  date(): Date {
    return new Date(this.start.getTime() + this.milliseconds);
  }

  after(milliseconds: number, act: () => void): () => void {
    const timer = { at: this.milliseconds + milliseconds, act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Moves on by so many milliseconds, timer by timer; what each sets off is done before the next. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.milliseconds + milliseconds;
    await settled();
    for (let timer = this.next(end); timer; timer = this.next(end)) {
      this.go(timer);
      await settled();
    }
    this.milliseconds = end;
  }

  /** Moves on, timer by timer, until the promise is settled, and gives back what it gives. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let open = true;
    promise.then(() => (open = false), () => (open = false));
    for (;;) {
      await settled();
      const timer = open ? this.next(Infinity) : undefined;
      if (!timer) return promise;
      this.go(timer);
    }
  }

  private next(end: number): Timer | undefined {
    return [...this.timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }

  private go(timer: Timer): void {
    this.timers.delete(timer);
    this.milliseconds = Math.max(this.milliseconds, timer.at);
    timer.act();
  }
}

/** Everything that needs no time has been done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
