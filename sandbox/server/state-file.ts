import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * State as one JSON file. It is written beside and renamed, so that a process that dies leaves the old state or the new one.
 * Changes that come while one write is under way share the next.
 */
export class StateFile {
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #changed = false;

  constructor(
    private readonly path: string,
    /** Gives the state as JSON. */
    private readonly state: () => string,
  ) {
    mkdirSync(dirname(path), { recursive: true });
  }

  /** What the file holds; null when there is none. Throws when it is not JSON. */
  static read(path: string): unknown {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Error(`The state file ${path} cannot be read (${(error as Error).message}). Delete it to start empty.`);
    }
  }

  /** Notes a change, to be written by the next call of `saved`. */
  noteChange(): void {
    this.#changed = true;
  }

  /** Resolves when every change that was noted is in the file. */
  async saved(): Promise<void> {
    if (!this.#changed) return this.#running ?? undefined;
    if (!this.#running) return this.#start();
    this.#next ??= this.#running.catch(() => undefined).then(() => this.#start());
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = null;
    this.#running = this.#write().finally(() => {
      if (!this.#next) this.#running = null;
    });
    return this.#running;
  }

  async #write(): Promise<void> {
    this.#changed = false;
    const text = this.state();
    const beside = `${this.path}.new`;
    try {
      await writeFile(beside, text, { mode: 0o600 });
      await rename(beside, this.path);
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }
}
