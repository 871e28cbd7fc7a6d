import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * State as one JSON file. It is written beside and renamed, so that a crash leaves the old state or the new one.
 * Saves that are asked for while one is under way share the next.
 */
export class StateFile {
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(
    private readonly path: string,
    private readonly state: () => unknown,
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

  /** Resolves when everything that had changed before the call is in the file. */
  save(): Promise<void> {
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
    const beside = `${this.path}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(this.state()));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
  }
}
