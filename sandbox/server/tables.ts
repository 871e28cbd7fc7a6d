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

  toJSON(): Record<string, Row[]> {
    return Object.fromEntries([...this.#tables].map(([name, rows]) => [name, rows.all()]));
  }

  /** Replaces everything by what `toJSON` gave. */
  restore(saved: Record<string, Row[]>): void {
    this.clear();
    for (const [name, rows] of Object.entries(saved)) for (const row of rows) this.of(name).insert(row);
  }

  clear(): void {
    for (const rows of this.#tables.values()) rows.clear();
  }
}
