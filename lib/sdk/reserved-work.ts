import type { CommitOptions, Dimensions, Quantity, Reservation, ReserveDecision, UsageEvent } from './types.js';

interface Door {
  commit(options: CommitOptions): Promise<ReserveDecision>;
  record(event: UsageEvent): void;
  flush(): Promise<void>;
}

/** What work under a reservation is given: to say what it really used. */
export class ReservedWork {
  private used: bigint;
  private dimensions: Dimensions = {};

  constructor(
    private readonly door: Door,
    private readonly feature: string,
    readonly reservation: Reservation,
  ) {
    this.used = reservation.quantity;
  }

  /** Says how much was used, less or more than was held, and what else is to be told of it. The last word counts. */
  report(quantity: Quantity, dimensions: Dimensions = {}): void {
    this.used = BigInt(quantity);
    this.dimensions = dimensions;
  }

  /**
   * Commits what was reported. Where more was used than was held and the limit leaves no room for it, what was held is
   * committed and the rest is sent as usage that has happened, which counts past the limit too.
   */
  async settle(): Promise<void> {
    const { id, quantity: held } = this.reservation;
    const decision = await this.door.commit({ reservation: id, quantity: this.used, ...this.dimensions });
    if (decision.allowed) return;
    const stillHeld = decision.reservation?.status === 'held';
    if (stillHeld) await this.door.commit({ reservation: id, quantity: held, ...this.dimensions });
    this.door.record({ feature: this.feature, quantity: stillHeld ? this.used - held : this.used, idempotencyKey: `beyond ${id}`, ...(!stillHeld && this.dimensions) });
    await this.door.flush();
  }
}
