import { randomUUID } from 'node:crypto';
import { decisionOf, reservationOf, reserveDecisionOf } from './answers.js';
import { systemClock, type Clock } from './clock.js';
import { Connection } from './connection.js';
import { ClientClosedError, QuotaRefusedError } from './errors.js';
import { Lease, type LeaseOptions } from './lease.js';
import { ReservedWork } from './reserved-work.js';
import { assertServer, closeAtEnd } from './surroundings.js';
import type {
  CheckOptions, CommitOptions, ConsumeOptions, Decision, LevelOptions, ReleaseOptions, Reservation, ReserveDecision, ReserveOptions, UsageEvent,
} from './types.js';
import { UsageRecorder, type RecordingOptions } from './usage-recorder.js';

export interface ClientOptions {
  /** Address of the portal, such as `https://billing.example.com`. */
  baseUrl: string;
  /** An API key with the permissions of what is called. */
  apiKey: string;
  /** The account to act for; needed with a seller key only. */
  account?: string;
  /** How long to wait for one answer, in milliseconds; 10 000 unless said. */
  timeoutMs?: number;
  /** How often a request is sent at most, the first time included; 4 unless said. */
  attempts?: number;
  recording?: RecordingOptions;
  /** False: leases are not given back and usage is not sent when the process ends, unless `close` is called. */
  closeAtExit?: boolean;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  /** From 0 inclusive to 1 exclusive. */
  random?(): number;
  /** Makes idempotency keys. */
  newKey?(): string;
}

/** A product backend's client of the portal: quota, usage and leases. For Node only. */
export class PortalClient {
  private readonly connection: Connection;
  private readonly recorder: UsageRecorder;
  private readonly newKey: () => string;
  private readonly leases = new Map<string, Lease>();
  private readonly callOffClose: () => void;
  private closing: Promise<void> | null = null;

  constructor(options: ClientOptions) {
    assertServer();
    const { baseUrl, apiKey, account, timeoutMs = 10_000, attempts = 4, fetch = globalThis.fetch, clock = systemClock, random = Math.random } = options;
    this.newKey = options.newKey ?? randomUUID;
    this.connection = new Connection({ baseUrl: baseUrl.replace(/\/+$/, ''), apiKey, ...(account !== undefined && { account }), timeoutMs, attempts, fetch, clock, random });
    this.recorder = new UsageRecorder(this.connection, options.recording ?? {}, this.newKey);
    this.callOffClose = options.closeAtExit === false ? () => undefined : closeAtEnd(() => this.close().catch(() => undefined));
  }

  /** Whether it may happen, without taking anything. */
  async check(options: CheckOptions): Promise<Decision> {
    return decisionOf(await this.post('/api/quota/check', options));
  }

  /** Checks and takes in one step: all of the quantity or nothing. A refusal is an answer, not an error. */
  async consume(options: ConsumeOptions): Promise<Decision> {
    return decisionOf(await this.post('/api/quota/consume', this.withKey(options)));
  }

  /** Holds units until they are committed, released or expire. A refusal is an answer, not an error. */
  async reserve(options: ReserveOptions): Promise<ReserveDecision> {
    return reserveDecisionOf(await this.post('/api/quota/reserve', this.withKey(options)));
  }

  /** Counts what was really used of a reservation, and returns the rest of it. */
  async commit(options: CommitOptions): Promise<ReserveDecision> {
    return reserveDecisionOf(await this.post('/api/quota/commit', options));
  }

  /** Returns the units of a reservation. */
  async release(options: ReleaseOptions): Promise<Reservation> {
    const released = reservationOf(await this.post('/api/quota/release', options));
    if (!released) throw new Error('The portal answered a release without its reservation.');
    return released;
  }

  /**
   * Reserves, does the work, and commits what the work reports, or all that was held if it reports nothing. When the work
   * throws, the units return and the error goes on to the caller. Gives back what the work gives back.
   * Throws `QuotaRefusedError` when there is not enough to reserve.
   */
  async withReservation<Result>(options: ReserveOptions, work: (reserved: ReservedWork) => Promise<Result> | Result): Promise<Result> {
    const { reservation, ...decision } = await this.reserve(options);
    if (!reservation) throw new QuotaRefusedError(decision);
    const reserved = new ReservedWork(this, options.feature, reservation);
    let result: Result;
    try {
      result = await work(reserved);
    } catch (error) {
      // What cannot be returned now returns when the reservation expires: the caller is told what went wrong first.
      await this.release({ reservation: reservation.id }).catch(() => undefined);
      throw error;
    }
    await reserved.settle();
    return result;
  }

  /** Sets or moves a level, such as the number of seats. A refusal is an answer, not an error. */
  async level(options: LevelOptions): Promise<Decision> {
    return decisionOf(await this.post('/api/quota/level', this.withKey(options)));
  }

  /** Keeps usage that has happened and sends it soon, with others. Throws `UsageBufferFullError` when too much waits. */
  record(event: UsageEvent): void {
    this.recorder.add(event);
  }

  /** Sends all usage that waits. Throws when the portal cannot be reached; what was not sent is kept. */
  flush(): Promise<void> {
    return this.recorder.flush();
  }

  /** A slice of the feature's quota to answer from in this process: one for each feature, made at the first call. */
  lease(feature: string, options: LeaseOptions = {}): Lease {
    if (this.closing) throw new ClientClosedError();
    const known = this.leases.get(feature);
    if (known) return known;
    const lease = new Lease(feature, this.connection, options, this.newKey, (quantity) => this.recorder.add({ feature, quantity, ...options.dimensions }));
    this.leases.set(feature, lease);
    return lease;
  }

  /** Gives back every lease and sends all usage that waits. Throws when usage could not be sent. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.callOffClose();
    await Promise.all([...this.leases.values()].map((lease) => lease.close()));
    await this.recorder.close();
  }

  private post(path: string, body: object): Promise<unknown> {
    return this.connection.call('POST', path, { body });
  }

  private withKey<Options extends { idempotencyKey?: string }>(options: Options): Options & { idempotencyKey: string } {
    return { ...options, idempotencyKey: options.idempotencyKey ?? this.newKey() };
  }
}
