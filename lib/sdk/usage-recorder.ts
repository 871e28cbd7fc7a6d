import { receiptsOf } from './answers.js';
import type { Connection } from './connection.js';
import { backOff } from './connection.js';
import { ClientClosedError, isUnavailable, PortalAnswerError, UsageBufferFullError } from './errors.js';
import type { UsageEvent } from './types.js';

export interface RecordingOptions {
  /** How many events are sent in one call; 500 unless said, at most 1 000. */
  batchSize?: number;
  /** How long an event waits for others, in milliseconds; 1 000 unless said. */
  flushAfterMs?: number;
  /** How many events may wait in memory; 10 000 unless said. */
  bufferSize?: number;
  /** Called with each event that the portal refused, and why: it will not be sent again. */
  onRefused?(event: UsageEvent, reason: { code: string; message: string }): void;
  /** Called when events could not be sent. They are kept and sent again, unless this says that the client was closed. */
  onFailure?(error: unknown): void;
}

type Waiting = UsageEvent & { idempotencyKey: string; occurredAt: Date };

/** Gathers usage in memory and sends it in batches. Every event has a key, so one that is sent again counts once. */
export class UsageRecorder {
  private waiting: Waiting[] = [];
  private sending: Promise<void> | null = null;
  private callOff: (() => void) | null = null;
  private failures = 0;
  private largestBatch: number;
  private closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: RecordingOptions,
    private readonly newKey: () => string,
  ) {
    this.largestBatch = Math.min(options.batchSize ?? 500, 1_000);
  }

  /** How many events wait to be sent. */
  get size(): number {
    return this.waiting.length;
  }

  /** Keeps the event until it is sent. Throws `UsageBufferFullError` and `ClientClosedError`. */
  add(event: UsageEvent): void {
    if (this.closed) throw new ClientClosedError();
    const bound = this.options.bufferSize ?? 10_000;
    if (this.waiting.length >= bound) throw new UsageBufferFullError(`${bound} events wait to be sent already: this one was not taken.`);
    const occurredAt = event.occurredAt ?? this.connection.options.clock.date();
    this.waiting.push({ ...event, occurredAt, idempotencyKey: event.idempotencyKey ?? this.newKey() });
    if (this.waiting.length >= this.largestBatch && this.failures === 0) void this.send();
    else this.schedule(this.options.flushAfterMs ?? 1_000);
  }

  /** Sends all that waits. Throws when the portal cannot be reached; what was not sent is kept. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      await (this.sending ?? this.sendBatch());
    }
  }

  /** Sends all that waits and takes nothing more. Throws like `flush`. */
  async close(): Promise<void> {
    this.closed = true;
    this.callOff?.();
    this.callOff = null;
    await this.sending?.catch(() => undefined);
    await this.flush();
  }

  private schedule(milliseconds: number): void {
    if (this.callOff || this.closed) return;
    this.callOff = this.connection.options.clock.after(milliseconds, () => {
      this.callOff = null;
      void this.send();
    });
  }

  /** Sends what waits and, when that fails, says so and tries again later. */
  private async send(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.options.onFailure?.(error);
      if (!this.closed) this.schedule(backOff(this.failures, this.connection.options.random));
    }
  }

  private sendBatch(): Promise<void> {
    this.sending = this.deliver(this.waiting.slice(0, this.largestBatch)).finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async deliver(batch: Waiting[]): Promise<void> {
    try {
      const payload = await this.connection.call('POST', '/api/usage', { body: { events: batch } });
      this.failures = 0;
      this.waiting.splice(0, batch.length);
      receiptsOf(payload).forEach(({ status, code, message }, index) => {
        const event = batch[index];
        if (status === 'refused' && event) this.options.onRefused?.(event, { code: code ?? 'refused', message: message ?? '' });
      });
    } catch (error) {
      this.failures += 1;
      if (!(error instanceof PortalAnswerError) || isUnavailable(error) || !this.lighten(batch, error)) throw error;
    }
  }

  /** Makes a refused batch one that may be taken: without the events that are wrong, or smaller. False where neither helps. */
  private lighten(batch: Waiting[], error: PortalAnswerError): boolean {
    if (error.status === 413 && batch.length > 1) {
      this.largestBatch = Math.ceil(batch.length / 2);
      return true;
    }
    const wrong = new Map<Waiting, string>();
    for (const { field, message } of error.issues) {
      const event = batch[Number(/^events\.(\d+)\b/.exec(field)?.[1] ?? (batch.length === 1 ? 0 : NaN))];
      if (event) wrong.set(event, message);
    }
    this.waiting = this.waiting.filter((event) => !wrong.has(event));
    for (const [event, message] of wrong) this.options.onRefused?.(event, { code: error.code, message });
    return wrong.size > 0;
  }
}
