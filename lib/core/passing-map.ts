/** After so many entries, or so many times as many as there are, the map begins a table of its own again. */
const renewal = { entries: 1_000, times: 4 };

/**
 * A map of what comes and goes, a few at a time. A `Map` does the same, but V8 leads from each table that it has outgrown to the
 * next one: a dead table in the old part of memory then keeps every later one alive, and all that was in it, until all of
 * memory is collected. Collecting the young part would copy every entry of the last seconds instead of those that are there.
 */
export class PassingMap<Key, Value> {
  private table = new Map<Key, Value>();
  private begun = 0;

  get(key: Key): Value | undefined {
    return this.table.get(key);
  }

  set(key: Key, value: Value): void {
    if (this.begun >= Math.max(renewal.entries, renewal.times * this.table.size)) {
      this.table = new Map(this.table);
      this.begun = 0;
    }
    this.begun += 1;
    this.table.set(key, value);
  }

  delete(key: Key): void {
    this.table.delete(key);
  }
}
