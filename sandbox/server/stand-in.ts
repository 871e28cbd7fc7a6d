import { randomUUID } from 'node:crypto';
import type { SandboxClock } from './clock';
import { DeliveryQueue, type Delivery } from './deliveries';
import { Faults } from './faults';
import { RequestLog } from './request-log';
import { Schedule, type ScheduledJob } from './schedule';
import { StateFile } from './state-file';
import { Tables, type Row } from './tables';

export interface StandInSettings {
  /** Milliseconds that what is slow at the provider takes here. */
  settleAfter: number;
  /** Keeps the state over a restart; in memory only unless told. */
  stateFile?: string;
}

interface SavedState {
  tables: Record<string, Row[]>;
  clock: number | null;
}

/** One account at a payment provider's stand-in: everything it holds, and what happens in it by itself. */
export abstract class StandIn {
  readonly tables = new Tables();
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  readonly schedule: Schedule;
  readonly deliveries: DeliveryQueue;
  /** `http://localhost:…`, once it is served. */
  url = '';
  readonly #file: StateFile | null;

  constructor(
    readonly settings: StandInSettings,
    readonly clock: SandboxClock,
  ) {
    const changed = (): void => this.changed();
    this.schedule = new Schedule(clock, () => this.tables.of<ScheduledJob>('scheduled_job'), (job) => this.#run(job), changed);
    this.deliveries = new DeliveryQueue(() => this.tables.of<Delivery>('delivery'), (delivery) => this.headersFor(delivery), changed, () => this.saved());
    this.#file = settings.stateFile ? new StateFile(settings.stateFile, () => `{"clock":${JSON.stringify(clock.standing)},"tables":${this.tables.text()}}`) : null;
    const saved = settings.stateFile ? (StateFile.read(settings.stateFile) as SavedState | null) : null;
    if (!saved) return;
    this.tables.restore(saved.tables);
    clock.set(saved.clock);
  }

  /** The headers that sign an event, made anew for each attempt to deliver it. */
  protected abstract headersFor(delivery: Delivery): Record<string, string>;

  /** Does a job whose time has come. */
  protected abstract runJob(job: string, subject: string): void;

  /** Begins to do by itself what is due, once the sandbox is served. */
  start(url: string): void {
    this.url = url;
    this.schedule.wake();
    this.deliveries.resume();
  }

  /** Has a job run after so many milliseconds of the sandbox's time. */
  later(job: string, subject: string, milliseconds = this.settings.settleAfter): void {
    this.schedule.add({ id: randomUUID(), job, subject, due: this.clock.now() + milliseconds });
  }

  /** Acts outside of a request, as jobs and controls do, and keeps what came of it. */
  act<R>(action: () => R): R {
    try {
      return action();
    } finally {
      this.changed();
    }
  }

  /** Notes that something changed which no answer waits for. */
  changed(): void {
    this.#file?.noteChange();
    this.#file?.saved().catch((error: Error) => process.stderr.write(`The sandbox could not save its state: ${error.message}\n`));
  }

  /** Resolves when everything so far is in the state file, if there is one. */
  async saved(): Promise<void> {
    await this.#file?.saved();
  }

  /** Forgets everything. */
  reset(): void {
    this.deliveries.reset();
    this.schedule.stop();
    this.faults.clear();
    this.requests.clear();
    this.tables.clear();
    this.clock.set(null);
    this.changed();
  }

  async close(): Promise<void> {
    this.schedule.stop();
    await this.deliveries.close();
    await this.saved();
  }

  #run({ job, subject }: ScheduledJob): void {
    try {
      this.act(() => this.runJob(job, subject));
    } catch (error) {
      process.stderr.write(`The sandbox failed at ${job} of ${subject}: ${(error as Error).stack}\n`);
    }
  }
}
