import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@/lib/core/errors';
import type { Answer, Job } from './messages';

const longestQueue = 50;
const longestJobMs = 30_000;
const idleMs = 60_000;

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/** One worker thread: begun with the first document, ended after a while without any, replaced when it breaks. */
class DocumentWorker {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private nextId = 1;
  private timer: NodeJS.Timeout | undefined;

  async work(job: Omit<Job, 'id'>): Promise<Uint8Array> {
    if (this.waiting.size >= longestQueue) throw new DomainError('overloaded', undefined, { retryAfterSeconds: 5 });
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.running().postMessage({ ...job, id } satisfies Job);
      if (this.waiting.size === 1) this.watch();
    });
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const entry = join(/* turbopackIgnore: true */ process.cwd(), 'lib/documents/worker/entry.mjs');
    const worker = new Worker(entry, { execArgv: [], name: 'documents' });
    worker.on('message', (answer: Answer) => this.receive(answer));
    worker.on('error', (error) => this.drop(worker, error));
    worker.on('exit', () => this.drop(worker, new Error('The document worker ended.')));
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private receive(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    this.watch();
    if ('bytes' in answer) waiting?.resolve(answer.bytes);
    else waiting?.reject(new Error(`The document could not be made: ${answer.failure}`));
  }

  /** While documents wait the worker must answer in time; without any it ends after a while. */
  private watch(): void {
    clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    const busy = this.waiting.size > 0;
    if (busy) worker.ref();
    else worker.unref();
    this.timer = setTimeout(() => this.drop(worker, new Error('The document took too long.')), busy ? longestJobMs : idleMs);
    this.timer.unref();
  }

  private drop(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    clearTimeout(this.timer);
    const broken = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiting of broken) waiting.reject(error);
    void worker.terminate();
  }
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { documentWorker?: DocumentWorker };

/** Has the worker thread make a document. Throws `overloaded` when too many wait, and an error when it cannot be made. */
export function work(job: Omit<Job, 'id'>): Promise<Uint8Array> {
  holder.documentWorker ??= new DocumentWorker();
  return holder.documentWorker.work(job);
}
