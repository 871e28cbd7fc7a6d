import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit';

interface Batch {
  items: number[];
  answer(): void;
  fail(error: Error): void;
}

function gathering(options: { queueSize?: number; batchSize?: number; isOutage?: (error: unknown) => boolean } = {}) {
  const batches: Batch[] = [];
  const waiting: (() => void)[] = [];
  const group = new GroupCommit<number, string>({
    apply: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, answer: () => resolve(items.map((item) => `done ${item}`)), fail: reject });
        waiting.splice(0).forEach((wake) => wake());
      }),
    isOutage: options.isOutage ?? (() => false),
    isHeldUp: (error) => error instanceof Error && error.message === 'held up',
    laneOf: (item) => item % 2,
    batchSize: options.batchSize ?? 1000,
    concurrency: 2,
    queueSize: options.queueSize ?? 1000,
  });
  /** The batch of that number, once it has been sent. */
  const batch = async (index: number): Promise<Batch> => {
    for (;;) {
      const found = batches[index];
      if (found) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const submit = (item: number): Promise<string> => new Promise((resolve, reject) => group.submit(item, { resolve, reject }));
  return { group, submit, batches, batch };
}

describe('GroupCommit', () => {
  it('sends what gathered while two batches are under way as the next one', async () => {
    const { group, submit, batch, batches } = gathering();
    const first = submit(1);
    await batch(0);
    const second = submit(2);
    await batch(1);
    const later = [submit(3), submit(4), submit(5)];
    expect(batches).toHaveLength(2);
    (await batch(0)).answer();
    expect(await first).toBe('done 1');
    expect((await batch(2)).items).toEqual([3, 4, 5]);
    (await batch(2)).answer();
    (await batch(1)).answer();
    expect(await Promise.all([second, ...later])).toEqual(['done 2', 'done 3', 'done 4', 'done 5']);
    await group.drain();
  });

  it('refuses what does not fit in the queue, and says when to come again', async () => {
    const { submit, batch } = gathering({ queueSize: 2, batchSize: 1 });
    const all = [submit(1), submit(2)];
    await expect(submit(3)).rejects.toMatchObject({ code: 'overloaded', details: { retryAfterSeconds: 1 } });
    for (const index of [0, 1]) (await batch(index)).answer();
    expect(await Promise.all(all)).toEqual(['done 1', 'done 2']);
  });

  it('tries a failed batch one by one, so that a bad item hurts nobody else', async () => {
    const { submit, batch } = gathering();
    const all = Promise.allSettled([submit(1), submit(2), submit(3)]);
    (await batch(0)).fail(new Error('bad'));
    (await batch(1)).answer();
    (await batch(2)).fail(new Error('this one is bad'));
    (await batch(3)).answer();
    expect(await all).toEqual([
      { status: 'fulfilled', value: 'done 1' },
      { status: 'rejected', reason: new Error('this one is bad') },
      { status: 'fulfilled', value: 'done 3' },
    ]);
  });

  it('does not wait again for what held an item up: the rest of its lane is asked to come again, other lanes go on', async () => {
    const { submit, batch, batches } = gathering();
    const all = Promise.allSettled([1, 2, 3, 4, 5].map((item) => submit(item)));
    (await batch(0)).fail(new Error('held up'));
    (await batch(1)).fail(new Error('held up'));
    (await batch(2)).answer();
    (await batch(3)).answer();
    const outcomes = await all;
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.code))).toEqual([
      'overloaded', 'done 2', 'overloaded', 'done 4', 'overloaded',
    ]);
    expect(batches).toHaveLength(4);
  });

  it('answers all with "try again" when the database is away', async () => {
    const { group, submit, batch, batches } = gathering({ isOutage: () => true });
    const all = Promise.allSettled([submit(1), submit(2)]);
    (await batch(0)).fail(new Error('gone'));
    for (const outcome of await all) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } });
    expect(batches).toHaveLength(1);
    await group.drain();
  });

  it('drains: what is under way is answered first', async () => {
    const { group, submit, batch } = gathering();
    const call = submit(1);
    const drained = group.drain();
    (await batch(0)).answer();
    await drained;
    expect(await call).toBe('done 1');
  });
});
