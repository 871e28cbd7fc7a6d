import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit';

interface Batch {
  items: number[];
  answer(): void;
  fail(error: Error): void;
}

function gathering(options: { queueSize?: number; batchSize?: number; isOutage?: (error: unknown) => boolean; takesTurns?: boolean; worthwhile?: number; laneOf?: (item: number) => unknown } = {}) {
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
    laneOf: options.laneOf ?? ((item) => item % 2),
    takesTurns: options.takesTurns ?? false,
    worthwhile: options.worthwhile,
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

  it('waits for what comes in turn by turn, until a batch is worthwhile or a turn brings nothing', async () => {
    const { group, submit, batch, batches } = gathering({ worthwhile: 3 });
    const all = [submit(1), submit(2)];
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(batches).toHaveLength(0);
    all.push(submit(3));
    expect((await batch(0)).items).toEqual([1, 2, 3]);
    all.push(submit(4));
    expect((await batch(1)).items).toEqual([4]);
    for (const index of [0, 1]) (await batch(index)).answer();
    expect(await Promise.all(all)).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
    await group.drain();
  });

  it('shares what waits out among the batches that may begin, as long as each is worthwhile', async () => {
    const { group, submit, batch } = gathering({ worthwhile: 2, laneOf: (item) => item });
    const all = [1, 2, 3, 4, 5, 6].map(submit);
    expect((await batch(0)).items).toEqual([1, 2, 3]);
    expect((await batch(1)).items).toEqual([4, 5, 6]);
    all.push(...[7, 8, 9].map(submit));
    (await batch(0)).answer();
    expect((await batch(2)).items).toEqual([7, 8, 9]);
    for (const index of [1, 2]) (await batch(index)).answer();
    await Promise.all(all);
    const few = [1, 2].map(submit);
    expect((await batch(3)).items).toEqual([1, 2]);
    (await batch(3)).answer();
    expect(await Promise.all(few)).toEqual(['done 1', 'done 2']);
    const alike = [5, 5, 5, 5, 6].map(submit);
    expect((await batch(4)).items).toEqual([5, 5, 5, 5]);
    expect((await batch(5)).items).toEqual([6]);
    for (const index of [4, 5]) (await batch(index)).answer();
    await Promise.all(alike);
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

  describe('where lanes take turns', () => {
    it('keeps a lane waiting while it is under way, and sends the others', async () => {
      const { group, submit, batch, batches } = gathering({ takesTurns: true });
      const all = [submit(1)];
      expect((await batch(0)).items).toEqual([1]);
      all.push(submit(3), submit(2), submit(5), submit(4));
      expect((await batch(1)).items).toEqual([2, 4]);
      all.push(submit(6), submit(7));
      (await batch(0)).answer();
      expect((await batch(2)).items).toEqual([3, 5, 7]);
      expect(batches).toHaveLength(3);
      (await batch(1)).answer();
      expect((await batch(3)).items).toEqual([6]);
      (await batch(2)).answer();
      (await batch(3)).answer();
      expect(await Promise.all(all)).toEqual([1, 3, 2, 5, 4, 6, 7].map((item) => `done ${item}`));
      await group.drain();
    });

    it('sends a batch in the order of arrival, whatever the lanes', async () => {
      const { submit, batch } = gathering({ takesTurns: true });
      const all = [1, 2, 4, 3, 5, 6, 7].map((item) => submit(item));
      expect((await batch(0)).items).toEqual([1, 2, 4, 3, 5, 6, 7]);
      (await batch(0)).answer();
      await Promise.all(all);
    });

    it('lets a lane with much to do not keep the others from their turn', async () => {
      const { submit, batch } = gathering({ takesTurns: true, batchSize: 3 });
      const all = [1, 3, 5, 7, 9, 11, 13, 2, 4].map((item) => submit(item));
      expect((await batch(0)).items).toEqual([1, 3, 5]);
      expect((await batch(1)).items).toEqual([2, 4]);
      all.push(submit(6));
      (await batch(0)).answer();
      expect((await batch(2)).items).toEqual([7, 9, 11]);
      (await batch(1)).answer();
      expect((await batch(3)).items).toEqual([6]);
      (await batch(2)).answer();
      (await batch(3)).answer();
      expect((await batch(4)).items).toEqual([13]);
      (await batch(4)).answer();
      await Promise.all(all);
    });

    it('counts what waits for its lane as waiting, and drains it', async () => {
      const { group, submit, batch } = gathering({ takesTurns: true, queueSize: 2 });
      const all = [submit(1)];
      await batch(0);
      all.push(submit(3), submit(5));
      await expect(submit(2)).rejects.toMatchObject({ code: 'overloaded' });
      expect(() => group.assertRoom(1)).toThrow(expect.objectContaining({ code: 'overloaded' }));
      let drained = false;
      const drain = group.drain().then(() => (drained = true));
      (await batch(0)).answer();
      expect((await batch(1)).items).toEqual([3, 5]);
      expect(drained).toBe(false);
      (await batch(1)).answer();
      await Promise.all([...all, drain]);
      expect(await submitAndAnswer()).toBe('done 7');

      async function submitAndAnswer(): Promise<string> {
        const call = submit(7);
        (await batch(2)).answer();
        return call;
      }
    });

    it('keeps a lane waiting until the last item of a failed batch was tried', async () => {
      const { submit, batch, batches } = gathering({ takesTurns: true });
      const all = Promise.allSettled([1, 3].map((item) => submit(item)));
      (await batch(0)).fail(new Error('bad'));
      (await batch(1)).answer();
      const later = submit(5);
      expect((await batch(2)).items).toEqual([3]);
      await new Promise((resolve) => setImmediate(resolve));
      expect(batches).toHaveLength(3);
      (await batch(2)).answer();
      expect((await batch(3)).items).toEqual([5]);
      (await batch(3)).answer();
      expect(await later).toBe('done 5');
      await all;
    });

    it('takes the same time for each of many that wait for one lane', async () => {
      const { submit, batch } = gathering({ takesTurns: true, queueSize: 60_000 });
      const all = Array.from({ length: 50_000 }, (_, index) => submit(2 * index + 1));
      for (let index = 0; index < 50; index += 1) {
        const { items, answer } = await batch(index);
        expect(items[0]).toBe(2_000 * index + 1);
        expect(items).toHaveLength(1_000);
        answer();
      }
      expect((await Promise.all(all)).at(-1)).toBe('done 99999');
    });
  });
});
