import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '@/lib/core/errors';
import type { Plan } from '../catalog/catalog';
import type { DraftLine, InvoiceDraft } from '../invoices/invoice';
import { beginSubscription } from '../subscriptions/create-subscription';
import { bySecond, type ProrationRule } from '../subscriptions/proration';
import { withCancellation, withNothingScheduled } from '../subscriptions/schedule';
import { subscriptionTransitions, type BillingAlignment, type Offer, type PauseRest, type Subscription } from '../subscriptions/subscription';
import type { IntervalUnit } from '../time/period';
import { decideCancellation } from './cancel-now/decide';
import { decidePlanChange } from './change-plan/decide';
import { decideVersionMove } from './move-version/decide';
import { decidePause, decideResumption } from './pause/decide';
import { openingFee } from './plan-lines';
import { decideRenewal } from './renew-subscription/decide';

// A subscription lives through any sequence of what may happen to it, by the decisions that the use cases carry out.
// Prices are so high that a single second costs more than one minor unit: no line is lost to rounding.

function offer(key: string, rank: number, interval: IntervalUnit, intervalCount: number, amountMinor: bigint, version = 1): Offer {
  const name = { en: key, zh: key };
  const plan: Plan = { id: key, key, version, versionId: `${key} ${version}`, name, description: name, rank, prices: [], entitlements: [] };
  return { plan, price: { id: `${key} ${version} ${intervalCount} ${interval}`, planVersionId: plan.versionId, currency: 'USD', amountMinor, interval, intervalCount } };
}

const offers = [
  offer('small', 1, 'month', 1, 10n ** 9n),
  offer('large', 2, 'month', 1, 3n * 10n ** 9n),
  offer('small', 1, 'year', 1, 10n ** 10n),
  offer('large', 2, 'year', 1, 3n * 10n ** 10n),
  offer('small', 1, 'week', 2, 4n * 10n ** 8n),
];
const dearer = ({ plan, price }: Offer, version: number): Offer => offer(plan.key, plan.rank, price.interval, price.intervalCount, price.amountMinor + BigInt(version) * 10n ** 7n, version);

type Step =
  | { kind: 'wait'; seconds: number }
  | { kind: 'change'; to: number }
  | { kind: 'move'; when: 'now' | 'period_end' }
  | { kind: 'pause'; rest: PauseRest }
  | { kind: 'resume' | 'cancel' | 'undo' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 60 * 86_400 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), to: fc.nat({ max: offers.length - 1 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), when: fc.constantFrom('now' as const, 'period_end' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pause' as const), rest: fc.constantFrom('kept' as const, 'forfeited' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('resume' as const, 'cancel' as const, 'undo' as const) }) },
);

const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];

/** A customer's life, with what was billed on a clock that stands still while nothing runs. */
class Life {
  readonly billed: { from: number; to: number; weight: 1 | -1 }[] = [];
  readonly moves: [Subscription['status'], Subscription['status']][] = [];
  subscription: Subscription;
  /** For how long nothing ran until now, in milliseconds. */
  private stood = 0;
  private version = 1;

  constructor(
    public now: Date,
    private readonly timeZone: string,
    alignment: BillingAlignment,
    private readonly proration: ProrationRule,
  ) {
    this.subscription = beginSubscription('acc_1', offers[0] as Offer, timeZone, now, alignment);
    this.bill(openingFee(this.subscription, proration));
  }

  private bill(lines: readonly DraftLine[]): void {
    for (const { period, amountMinor } of lines) {
      if (!period) throw new Error('A fee has a period.');
      this.billed.push({ from: period.start.getTime() - this.stood, to: period.end.getTime() - this.stood, weight: amountMinor > 0n ? 1 : -1 });
    }
  }

  private become(after: Subscription, invoice: InvoiceDraft | null): void {
    this.moves.push([this.subscription.status, after.status]);
    this.subscription = after;
    this.bill(invoice?.lines ?? []);
  }

  private renew(): void {
    while (this.subscription.status !== 'paused' && this.subscription.status !== 'canceled' && this.subscription.currentPeriod.end <= this.now) {
      const { after, invoice } = decideRenewal({ subscription: this.subscription, timeZone: this.timeZone, fallback: null, closingUsage: [], now: this.now });
      this.become(after, invoice);
    }
  }

  live(step: Step): void {
    try {
      this.does(step);
    } catch (error) {
      // What the state does not allow is refused and changes nothing.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private does(step: Step): void {
    const { subscription, timeZone, proration, now: at } = this;
    switch (step.kind) {
      case 'wait':
        this.now = new Date(at.getTime() + step.seconds * 1000);
        return this.renew();
      case 'change': {
        const { after, invoice } = decidePlanChange({ subscription, wanted: offers[step.to] as Offer, timeZone, proration, at, closingUsage: [] });
        return this.become(after, invoice);
      }
      case 'move': {
        this.version += 1;
        const { after, invoice } = decideVersionMove({ subscription, wanted: dearer(subscription, this.version), when: step.when, proration, at });
        return this.become(after, invoice);
      }
      case 'pause':
        return this.become(decidePause(subscription, { unusedRest: step.rest }, at), null);
      case 'resume': {
        const { after, before, invoice } = decideResumption({ subscription, timeZone, proration, closingUsage: [], at });
        const from = before.pauseRest === 'kept' ? before.pausedAt : before.currentPeriod.end;
        if (from && from < at) this.stood += at.getTime() - from.getTime();
        return this.become(after, invoice);
      }
      case 'undo':
        return this.become(withNothingScheduled(subscription, at), null);
      case 'cancel':
        return this.become(withCancellation(subscription, { cause: null, reason: '' }, at), null);
    }
  }

  /** How often each stretch of time from the start to the end of what was paid for was billed, on balance. */
  coverage(): number[] {
    const borders = [...new Set(this.billed.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
    return borders.slice(0, -1).map((border) => this.billed.filter(({ from, to }) => from <= border && border < to).reduce((sum, { weight }) => sum + weight, 0));
  }
}

const lives = fc.record({
  start: fc.date({ min: new Date('2023-12-01'), max: new Date('2028-03-01'), noInvalidDate: true }),
  timeZone: fc.constantFrom(...zones),
  alignment: fc.constantFrom('anniversary' as const, 'calendar' as const),
  happens: fc.array(steps, { minLength: 1, maxLength: 30 }),
});

function lived({ start, timeZone, alignment, happens }: { start: Date; timeZone: string; alignment: BillingAlignment; happens: Step[] }): Life {
  const life = new Life(new Date(Math.floor(start.getTime() / 1000) * 1000), timeZone, alignment, bySecond);
  for (const step of happens) life.live(step);
  return life;
}

describe('any sequence of changes', () => {
  it('leaves no gap and no overlap in what was billed', () => {
    fc.assert(
      fc.property(lives, (story) => {
        for (const times of lived(story).coverage()) expect(times).toBe(1);
      }),
      { numRuns: 400 },
    );
  });

  it('moves the state only as the table allows', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(lives, (story) => {
        for (const [from, to] of lived(story).moves) {
          if (from === to) continue;
          seen.add(`${from} ${to}`);
          expect(subscriptionTransitions[from]).toContain(to);
        }
      }),
      { numRuns: 200 },
    );
    expect([...seen].sort()).toEqual(['active canceled', 'active paused', 'paused active']);
  });

  it('ended at once ends for good, from every state that runs', () => {
    const facts = { timeZone: 'UTC', proration: bySecond, fallback: null, closingUsage: [], invoices: [], credit: true, cause: null, reason: '', at: new Date('2026-03-10') };
    const subscription = beginSubscription('acc_1', offers[0] as Offer, 'UTC', new Date('2026-03-01'));
    for (const status of ['trialing', 'active', 'past_due', 'paused'] as const) {
      expect(decideCancellation({ ...facts, subscription: { ...subscription, status } }).after).toMatchObject({ status: 'canceled', endedAt: facts.at });
    }
    for (const status of ['expired'] as const) {
      expect(() => decideCancellation({ ...facts, subscription: { ...subscription, status } })).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
    }
  });
});
