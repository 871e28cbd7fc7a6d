import { leaseOf, type LeaseGrant } from './answers.js';
import type { Connection } from './connection.js';
import { PortalAnswerError } from './errors.js';
import type { Dimensions } from './types.js';

/** Units leased from the portal, of which `left` are not used yet. */
export interface Slice extends LeaseGrant {
  left: number;
  /** When it was asked for, in the milliseconds of the clock. */
  since: number;
}

export interface SliceAnswer {
  slice: Slice | null;
  /** Why there is none. */
  reason: string | null;
  retryAfterSeconds: number | null;
  /** When the limit begins anew. */
  resetsAt: Date | null;
}

interface Question {
  idempotencyKey: string;
  quantity: number;
  since: number;
}

const mostUnsettled = 100;

/** Takes leases of one feature from the portal and settles them. */
export class LeaseLedger {
  /** A question whose answer was lost: asked again with its key, lest the portal holds units that nobody knows of. */
  private unanswered: Question | null = null;
  private unsettled: Slice[] = [];
  private readonly settling = new Set<Promise<void>>();

  constructor(
    private readonly connection: Connection,
    private readonly options: { feature: string; expiresInSeconds: number; dimensions: Dimensions; newKey: () => string },
  ) {}

  /** Asks for a slice of up to the quantity: what is left of the limit, down to one unit. Throws as `Connection.call`. */
  async take(quantity: number): Promise<SliceAnswer> {
    const { feature, expiresInSeconds, newKey } = this.options;
    const { clock } = this.connection.options;
    for (;;) {
      const question = (this.unanswered ??= { idempotencyKey: newKey(), quantity, since: clock.now() });
      const payload = await this.connection
        .call('POST', '/api/quota/lease', {
          body: { feature, quantity: question.quantity, minimum: 1, expiresInSeconds, idempotencyKey: question.idempotencyKey },
          attempts: 1,
        })
        .catch((error: unknown) => {
          if (error instanceof PortalAnswerError && error.status < 500 && error.status !== 429) this.unanswered = null;
          throw error;
        });
      this.unanswered = null;
      const grant = leaseOf(payload);
      const { reason = null, retryAfterSeconds = null, resetsAt = null } = payload as { reason?: string; retryAfterSeconds?: number; resetsAt?: string };
      const slice = grant && { ...grant, left: grant.quantity, since: question.since };
      if (slice && clock.now() - slice.since >= expiresInSeconds * 1_000) {
        // The answer was lost for so long that the lease has expired: its units go back and a new one is asked for.
        void this.settle(slice);
        continue;
      }
      return { slice, reason, retryAfterSeconds, resetsAt: resetsAt === null ? null : new Date(resetsAt) };
    }
  }

  /** Tells the portal what was used of the slice, so that the rest returns. What cannot be told now is told later. */
  settle(slice: Slice, attempts?: number): Promise<void> {
    const settled = this.settleOnce(slice, attempts).finally(() => this.settling.delete(settled));
    this.settling.add(settled);
    return settled;
  }

  private async settleOnce(slice: Slice, attempts?: number): Promise<void> {
    try {
      const body = { used: slice.quantity - slice.left, ...this.options.dimensions };
      await this.connection.call('POST', `/api/quota/lease/${slice.id}/settle`, { body, ...(attempts !== undefined && { attempts }) });
    } catch (error) {
      const refused = error instanceof PortalAnswerError && error.status < 500 && error.status !== 429;
      // A slice that is used up counts the same when it expires, so nothing is lost with it.
      if (!refused && slice.left > 0 && this.unsettled.length < mostUnsettled) this.unsettled.push(slice);
    }
  }

  /** Settles what could not be settled before. */
  async settleLate(): Promise<void> {
    const late = this.unsettled.splice(0);
    await Promise.all(late.map((slice) => this.settle(slice)));
  }

  /** Gives back what an unanswered question may have been granted, and settles what is left to settle, before it returns. */
  async close(): Promise<void> {
    if (this.unanswered) {
      const answer = await this.take(this.unanswered.quantity).catch(() => null);
      if (answer?.slice) await this.settle(answer.slice);
    }
    await Promise.all(this.settling);
    await this.settleLate();
  }
}
