/** Where this client gets its time from; another one is given in tests. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** The moment of now. */
  date(): Date;
  /** Acts after so many milliseconds; gives back how to call it off. Never keeps a process alive unless `keepAlive`. */
  after(milliseconds: number, act: () => void, keepAlive?: boolean): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (milliseconds, act, keepAlive = false) => {
    const timer = setTimeout(act, milliseconds);
    if (!keepAlive) timer.unref();
    return () => clearTimeout(timer);
  },
};

export function wait(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => clock.after(milliseconds, resolve, true));
}
