import { describe, expect, it } from 'vitest';
import { Tables } from './tables';

describe('tables', () => {
  it('come back from their text, in the order of their rows', () => {
    const tables = new Tables();
    const rows = tables.of<{ id: string; name: string }>('colour');
    rows.insert({ id: 'b', name: 'blue "sky"' });
    const frozen = rows.insert(Object.freeze({ id: 'a', name: 'amber' }));
    const copy = new Tables();
    for (const name of ['once', 'twice']) {
      rows.get('b')!.name = name;
      copy.restore(JSON.parse(tables.text()) as Record<string, { id: string }[]>);
      expect(copy.of('colour').all()).toEqual([{ id: 'b', name }, frozen]);
    }
    expect(copy.counts()).toEqual({ colour: 2 });
    copy.clear();
    expect(copy.of('colour').all()).toEqual([]);
  });
});
