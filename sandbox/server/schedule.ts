import type { SandboxClock } from './clock';
import type { Rows } from './tables';

/** Something that happens by itself later: a kind of job, what it is about, and when in milliseconds since 1970. */
export interface ScheduledJob {
  id: string;
  job: string;
  subject: string;
  due: number;
}

const longestTimer = 2 ** 31 - 1;

/** Runs jobs when the clock reaches them, in the order of their time: in real time by a timer, else as it is moved. */
export class Schedule {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: SandboxClock,
    private readonly rows: () => Rows<ScheduledJob>,
    private readonly run: (job: ScheduledJob) => void,
    private readonly changed: () => void,
  ) {}

  add(job: ScheduledJob): void {
    this.rows().insert(job);
    this.wake();
  }

  remove(job: string, subject: string): void {
    for (const row of this.rows().where((one) => one.job === job && one.subject === subject)) this.rows().delete(row.id);
  }

  /** Runs what is due and sets the timer for what is not. */
  wake(): void {
    let next = this.#next();
    let ran = false;
    while (next && next.due <= this.clock.now()) {
      this.#do(next);
      ran = true;
      next = this.#next();
    }
    if (ran) this.changed();
    this.stop();
    if (!next || this.clock.standing !== null) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(next.due - this.clock.now(), longestTimer));
    this.#timer.unref();
  }

  /** Moves the clock forward and stops at each job on the way, so that it sees the time it was due. */
  moveTo(milliseconds: number): void {
    for (let next = this.#next(); next && next.due <= milliseconds; next = this.#next()) {
      this.clock.set(Math.max(next.due, this.clock.now()));
      this.#do(next);
    }
    this.clock.set(milliseconds);
    this.changed();
    this.wake();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #next(): ScheduledJob | undefined {
    return this.rows()
      .all()
      .reduce<ScheduledJob | undefined>((first, job) => (!first || job.due < first.due ? job : first), undefined);
  }

  #do(job: ScheduledJob): void {
    this.rows().delete(job.id);
    this.run(job);
  }
}
