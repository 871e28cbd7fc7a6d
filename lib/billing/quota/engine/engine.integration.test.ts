import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, expectProven, newCounter, newRate, start } from '@/lib/testing/engine-items';
import { useTestEngine } from '@/lib/testing/test-engine';
import { QuotaModel, type ModelAnswer, type ModelRules, type ModelStep } from '@/lib/testing/quota-model';
import { eventId, reservationId } from './engine';
import type { Allowance, MeterItem, MeterResult, RateLimit } from './meter-item';

const test = useTestEngine();

/** Plays the steps against the engine: what lies between two waits is sent at once. */
class Player {
  private now = start;
  private readonly reservations: string[] = [];
  private readonly events: { id: string; moment: number }[] = [];

  constructor(
    readonly accountId: string,
    private readonly counterId: number,
    private readonly rules: ModelRules,
    private readonly rates: RateLimit[],
  ) {}

  /** Sends the steps as one batch and tells them to the model. What is corrected was made by an earlier batch. */
  async play(model: QuotaModel, steps: Exclude<ModelStep, { do: 'wait' }>[]): Promise<void> {
    model.expire(this.now);
    const items: MeterItem[] = [];
    const expected: ModelAnswer[] = [];
    const eventsOfBefore = model.events.length;
    for (const named of steps) {
      const step = named.do === 'correct' ? { ...named, which: named.which + model.events.length - eventsOfBefore } : named;
      const item = this.itemOf(step);
      if (items.some(({ id }) => id === item.id)) continue;
      const eventsBefore = model.events.length;
      items.push(item);
      expected.push(model.step(step, this.now));
      if (step.do === 'reserve' || step.do === 'lease') {
        if (expected.at(-1)?.verdict === 'recorded') this.reservations.push(item.id);
      }
      if (model.events.length > eventsBefore) this.events.push({ id: item.id, moment: item.occurredAt.getTime() });
    }
    const results = await Promise.all(items.map((item) => test.engine.submit('api_calls', item)));
    const shown = ({ verdict, reason, used, held }: MeterResult | ModelAnswer): unknown =>
      verdict === 'key_reused' || verdict === 'not_found' ? { verdict } : { verdict, reason, used, held };
    expect(results.map(shown)).toEqual(expected.map(shown));
  }

  wait(seconds: number): void {
    this.now += seconds * 1000;
  }

  private itemOf(step: Exclude<ModelStep, { do: 'wait' }>): MeterItem {
    const allowance: Allowance = { ceiling: this.rules.ceiling, limit: this.rules.ceiling, termsVersion: 0n, rates: this.rates };
    const moment = at(this.now);
    const base = { counterId: this.counterId, ...moment, dimensions: {} };
    switch (step.do) {
      case 'consume':
      case 'record': {
        const keyText = step.key === null ? null : `key-${step.key}`;
        const id = eventId(this.accountId, keyText, moment.occurredAt);
        return step.do === 'consume'
          ? { operation: 'consume', ...base, ...allowance, id, keyText, quantity: step.quantity }
          : { operation: 'record', ...base, id, keyText, quantity: step.quantity, limit: this.rules.ceiling };
      }
      case 'reserve':
      case 'lease': {
        const id = reservationId(this.accountId, null, moment.occurredAt);
        const rest = { ...base, ...allowance, id, keyText: null, quantity: step.quantity, expiresAt: new Date(this.now + step.seconds * 1000) };
        return step.do === 'lease' ? { operation: 'lease', ...rest, minimum: step.minimum } : { operation: 'reserve', ...rest };
      }
      case 'commit':
        return { operation: 'commit', ...base, ...allowance, id: this.reservation(step.which), quantity: step.quantity };
      case 'settle':
        return { operation: 'settle', ...base, id: this.reservation(step.which), quantity: step.quantity, limit: null };
      case 'release':
        return { operation: 'release', ...base, id: this.reservation(step.which) };
      case 'correct': {
        const event = this.events[this.events.length - 1 - step.which];
        return {
          operation: 'correct', counterId: this.counterId, ...at(event?.moment ?? this.now), recordedAt: moment.recordedAt, quantity: step.quantity, limit: null,
          id: eventId(this.accountId, null, moment.occurredAt), keyText: null, correctsId: event?.id ?? eventId(this.accountId, 'none', moment.occurredAt),
        };
      }
    }
  }

  private reservation(which: number): string {
    return this.reservations[this.reservations.length - 1 - which] ?? reservationId(this.accountId, 'none', new Date(start));
  }
}

const quantity = fc.bigInt({ min: 1n, max: 12n });
const orNothing = fc.bigInt({ min: 0n, max: 12n });
const which = fc.nat({ max: 4 });
const steps: fc.Arbitrary<ModelStep> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('consume' as const, 'record' as const), quantity, key: fc.option(fc.nat({ max: 3 })) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reserve' as const), quantity, seconds: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lease' as const), quantity, minimum: fc.bigInt({ min: 1n, max: 4n }), seconds: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), which, quantity: orNothing }) },
  // No more than the smallest lease, since more than a lease holds is not asked of the engine.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), which, quantity: fc.bigInt({ min: 0n, max: 1n }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), which, quantity: orNothing }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 20 }) }) },
);

describe('the engine and the rules in plain words', () => {
  it('answer the same to any sequence of operations, and the books add up', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 1, maxLength: 40 }), fc.bigInt({ min: 0n, max: 60n }), fc.option(fc.bigInt({ min: 1n, max: 25n })),
        async (sequence, ceiling, rateLimit) => {
          const { accountId, counterId } = await newCounter();
          const rules: ModelRules = { ceiling, rate: rateLimit === null ? null : { windowSeconds: 60, limit: rateLimit } };
          const rates = rateLimit === null ? [] : [await newRate(accountId, 60, rateLimit)];
          const model = new QuotaModel(rules);
          const player = new Player(accountId, counterId, rules, rates);
          let batch: Exclude<ModelStep, { do: 'wait' }>[] = [];
          for (const step of [...sequence, { do: 'wait' as const, seconds: 0 }]) {
            if (step.do !== 'wait') {
              batch.push(step);
              continue;
            }
            if (batch.length > 0) await player.play(model, batch);
            batch = [];
            player.wait(step.seconds);
          }
          await expectProven(accountId);
        },
      ),
      { numRuns: 100 },
    );
  });
});
