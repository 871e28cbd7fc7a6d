import type { RefusalReason, Verdict } from '@/lib/billing/quota/engine/meter-item';

/** One thing a caller may do to a counter. References count back from the newest: 0 is the last one made. */
export type ModelStep =
  | { do: 'wait'; seconds: number }
  | { do: 'consume' | 'record'; quantity: bigint; key: number | null }
  | { do: 'reserve'; quantity: bigint; seconds: number }
  | { do: 'lease'; quantity: bigint; minimum: bigint; seconds: number }
  | { do: 'commit' | 'settle'; which: number; quantity: bigint }
  | { do: 'release'; which: number }
  | { do: 'correct'; which: number; quantity: bigint };

export interface ModelAnswer {
  verdict: Verdict;
  reason: RefusalReason | null;
  used: bigint;
  held: bigint;
}

interface Held {
  lease: boolean;
  quantity: bigint;
  expiresAt: number;
  status: 'held' | 'committed' | 'released' | 'expired' | 'settled';
  settled: bigint | null;
  answer: ModelAnswer;
}

export interface ModelRules {
  ceiling: bigint;
  rate: { windowSeconds: number; limit: bigint } | null;
}

/** The rules of a counter in plain words, one step after another, in memory: what the engine is compared with. */
export class QuotaModel {
  used = 0n;
  readonly reservations: Held[] = [];
  /** What each event counts now. */
  readonly events: bigint[] = [];
  private readonly keys = new Map<number, { quantity: bigint; answer: ModelAnswer }>();
  private readonly taken: { at: number; quantity: bigint }[] = [];

  constructor(private readonly rules: ModelRules) {}

  get held(): bigint {
    return this.reservations.reduce((sum, one) => sum + (one.status === 'held' ? one.quantity : 0n), 0n);
  }

  /** Ends what has expired at the moment, in milliseconds. A lease is counted in full. */
  expire(now: number): void {
    for (const one of this.reservations) {
      if (one.status !== 'held' || one.expiresAt > now) continue;
      one.status = 'expired';
      one.settled = one.lease ? one.quantity : 0n;
      this.used += one.settled;
    }
  }

  private answer(verdict: Verdict, reason: RefusalReason | null = null): ModelAnswer {
    return { verdict, reason, used: this.used, held: this.held };
  }

  /** Units that the rate still gives: a sixtieth of the window counts until all of it is outside. */
  private rateRoom(now: number): bigint | null {
    const { rate } = this.rules;
    if (!rate) return null;
    const slice = (at: number): number => Math.floor((at * 60) / (rate.windowSeconds * 1000));
    return rate.limit - this.taken.reduce((sum, one) => sum + (slice(one.at) >= slice(now) - 60 ? one.quantity : 0n), 0n);
  }

  private refusal(wanted: bigint, now: number): RefusalReason | null {
    if (this.used + this.held + wanted > this.rules.ceiling) return 'limit_reached';
    const room = this.rateRoom(now);
    return room !== null && wanted > room ? 'rate_limited' : null;
  }

  step(step: Exclude<ModelStep, { do: 'wait' }>, now: number): ModelAnswer {
    switch (step.do) {
      case 'consume':
      case 'record':
        return this.take(step.quantity, step.key, step.do === 'consume', now);
      case 'reserve':
      case 'lease':
        return this.hold(step, now);
      case 'correct':
        return this.correct(this.events.length - 1 - step.which, step.quantity);
      default:
        return this.end(step, now);
    }
  }

  private take(quantity: bigint, key: number | null, limited: boolean, now: number): ModelAnswer {
    const before = key === null ? undefined : this.keys.get(key);
    if (before) return before.quantity === quantity ? { ...before.answer, verdict: 'repeated' } : this.answer('key_reused');
    const reason = limited ? this.refusal(quantity, now) : null;
    if (reason) return this.answer('refused', reason);
    this.used += quantity;
    this.events.push(quantity);
    if (limited) this.taken.push({ at: now, quantity });
    const answer = this.answer('recorded');
    if (key !== null) this.keys.set(key, { quantity, answer });
    return answer;
  }

  private hold(step: Extract<ModelStep, { do: 'reserve' | 'lease' }>, now: number): ModelAnswer {
    let quantity = step.quantity;
    if (step.do === 'lease') {
      const left = this.rules.ceiling - this.used - this.held;
      quantity = left < quantity ? (left < 0n ? 0n : left) : quantity;
      if (quantity < step.minimum) return this.answer('refused', 'limit_reached');
      const room = this.rateRoom(now);
      if (room !== null && room < quantity) quantity = room < 0n ? 0n : room;
      if (quantity < step.minimum) return this.answer('refused', 'rate_limited');
    } else {
      const reason = this.refusal(quantity, now);
      if (reason) return this.answer('refused', reason);
    }
    const held: Held = {
      lease: step.do === 'lease', quantity, expiresAt: now + step.seconds * 1000, status: 'held', settled: null, answer: this.answer('recorded'),
    };
    this.reservations.push(held);
    this.taken.push({ at: now, quantity });
    return this.answer('recorded');
  }

  private end(step: Extract<ModelStep, { do: 'commit' | 'release' | 'settle' }>, now: number): ModelAnswer {
    const one = this.reservations[this.reservations.length - 1 - step.which];
    if (!one || one.lease !== (step.do === 'settle')) return this.answer('not_found');
    const quantity = step.do === 'release' ? 0n : step.quantity;
    if (step.do === 'release' && (one.status === 'released' || one.status === 'expired')) return this.answer('repeated');
    if (step.do !== 'release' && (one.status === 'committed' || one.status === 'settled') && one.settled === quantity) {
      return { ...one.answer, verdict: 'repeated' };
    }
    const late = one.status === 'expired' && step.do !== 'release';
    if (one.status !== 'held' && !late) return this.answer('settled');

    const before = one.status === 'held' ? one.quantity : one.lease ? one.quantity : 0n;
    const wanted = quantity > before ? quantity - before : 0n;
    const reason = wanted > 0n ? this.refusal(wanted, now) : null;
    if (reason) return this.answer('refused', reason);
    if (wanted > 0n) this.taken.push({ at: now, quantity: wanted });
    this.used += late && one.lease ? quantity - one.quantity : quantity;
    if (quantity > 0n && !(late && one.lease)) this.events.push(quantity);
    one.status = step.do === 'commit' ? 'committed' : step.do === 'release' ? 'released' : 'settled';
    one.settled = quantity;
    one.answer = this.answer('recorded');
    return one.answer;
  }

  private correct(index: number, quantity: bigint): ModelAnswer {
    const before = this.events[index];
    if (before === undefined) return this.answer('not_found');
    if (quantity === 0n && before === 0n) return this.answer('already_voided');
    this.events[index] = quantity;
    this.used += quantity - before;
    return this.answer('recorded');
  }
}
