import { describe, expect, it } from 'vitest';
import type { ConsumeItem, MeterResult, Verdict } from './meter-item';
import { asPlainBatch, type PlainBatch } from './plain-batch';
import { UsualCounters } from './usual-counters';

const hour = 3_600_000;

function batchOf(items: Partial<ConsumeItem>[]): PlainBatch {
  const batch = asPlainBatch(
    items.map((item): ConsumeItem => ({
      operation: 'consume', id: '', keyText: null, counterId: 1, quantity: 1n, ceiling: null, limit: null, termsVersion: 0n, occurredAt: new Date(hour),
      recordedAt: new Date(hour), hour: 60, day: 0, dimensions: {}, ...item,
    })),
  );
  if (!batch) throw new Error('Not plain.');
  return batch;
}

const answers = (...verdicts: Verdict[]): MeterResult[] =>
  verdicts.map((verdict) => ({ verdict, reason: null, retryAt: null, used: 1n, held: 0n, quantity: 1n, limit: null, resetsAt: null, reservation: null }));

describe('UsualCounters', () => {
  it('expects of a counter what it saw in the same hour, and nothing of others', () => {
    const usual = new UsualCounters();
    const batch = batchOf([{}]);
    expect(usual.expects(batch)).toBe(false);
    usual.learn(batch, answers('recorded'));
    expect(usual.expects(batch)).toBe(true);
    expect(usual.expects(batchOf([{}, { counterId: 2 }]))).toBe(false);
    expect(usual.expects(batchOf([{ hour: 120 }]))).toBe(false);
  });

  it('expects nothing where an item was not simply recorded, until all are again', () => {
    const usual = new UsualCounters();
    const batch = batchOf([{}, {}, { counterId: 2 }]);
    usual.learn(batch, answers('recorded', 'refused', 'recorded'));
    expect(usual.expects(batchOf([{}]))).toBe(false);
    expect(usual.expects(batchOf([{ counterId: 2 }]))).toBe(true);
    usual.learn(batch, answers('recorded', 'recorded', 'recorded'));
    expect(usual.expects(batch)).toBe(true);
  });

  it('expects nothing of an hour that is over and of sums too large', () => {
    const usual = new UsualCounters();
    const late = batchOf([{ recordedAt: new Date(2 * hour) }]);
    usual.learn(late, answers('recorded'));
    expect(usual.expects(late)).toBe(false);
    usual.learn(batchOf([{}]), answers('recorded'));
    expect(usual.expects(batchOf([{ dimensions: { model: 'small' } }]))).toBe(true);
    expect(usual.expects(batchOf([{ quantity: 2n ** 63n - 1n }, {}]))).toBe(false);
  });

  it('keeps a bounded number of counters', () => {
    const usual = new UsualCounters();
    const many = (from: number): PlainBatch => batchOf(Array.from({ length: 30_000 }, (_, index) => ({ counterId: from + index })));
    usual.learn(many(0), []);
    usual.learn(many(30_000), []);
    expect(usual.expects(batchOf([{ counterId: 1 }]))).toBe(false);
    expect(usual.expects(batchOf([{ counterId: 30_001 }]))).toBe(true);
  });
});
