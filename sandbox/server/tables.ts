/** What a table keeps: anything that can be written as JSON and has an id. */
export interface Row {
  id: string;
}

/** Rows of one kind in the order they came. */
export class Rows<T extends Row> {
  readonly #rows = new Map<string, T>();

  insert(row: T): T {
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  delete(id: string): void {
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
  }

  get size(): number {
    return this.#rows.size;
  }

  /** All rows, oldest first. */
  all(): T[] {
    return [...this.#rows.values()];
  }

  where(matches: (row: T) => boolean): T[] {
    return this.all().filter(matches);
  }
}

/** The JSON of rows that never change again: most of a state are events, and it is written whole for each change. */
const written = new WeakMap<Row, string>();

function textOf(row: Row): string {
  if (!Object.isFrozen(row)) return JSON.stringify(row);
  let text = written.get(row);
  if (text === undefined) written.set(row, (text = JSON.stringify(row)));
  return text;
}

/** Every table of a stand-in, by name; made when first asked for. */
export class Tables {
  readonly #tables = new Map<string, Rows<Row>>();

  of<T extends Row>(name: string): Rows<T> {
    let rows = this.#tables.get(name);
    if (!rows) this.#tables.set(name, (rows = new Rows<Row>()));
    // The name decides the type; each table has one definition.
    return rows as unknown as Rows<T>;
  }

  /** The number of rows by table, for looking in from outside. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#tables].map(([name, rows]) => [name, rows.size]));
  }

  /** All rows as JSON. A row that was frozen is written as it was then. */
  text(): string {
    const tables = [...this.#tables].map(([name, rows]) => `${JSON.stringify(name)}:[${rows.all().map(textOf).join(',')}]`);
    return `{${tables.join(',')}}`;
  }

  /** Replaces everything by what `text` gave, parsed. */
  restore(saved: Record<string, Row[]>): void {
    this.clear();
    for (const [name, rows] of Object.entries(saved)) for (const row of rows) this.of(name).insert(row);
  }

  clear(): void {
    for (const rows of this.#tables.values()) rows.clear();
  }
}
