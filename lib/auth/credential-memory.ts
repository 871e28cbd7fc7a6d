import { ChangeFeed, database } from '@/lib/core/database';
import { findApiKey } from './store';

type StoredKey = NonNullable<Awaited<ReturnType<typeof findApiKey>>>;

const mostKeys = 10_000;
/** Milliseconds after which a key is read again, should a connection have died without a word. */
const longest = 60_000;

/**
 * API keys that were read lately. It holds a key only while the database tells of every change to one, so a revoked
 * key is dropped when the revocation commits, on every server. Without the feed every call reads the database.
 */
class ApiKeyMemory {
  private readonly keys = new Map<string, { key: StoredKey; until: number }>();
  /** Counts what was heard: a row read before a change was heard is not kept. */
  private heard = 0;
  private readonly feed: ChangeFeed;

  constructor(databaseUrl: string) {
    this.feed = new ChangeFeed(databaseUrl, 'api_key_changed', {
      changed: (prefix) => {
        this.heard += 1;
        this.keys.delete(prefix);
      },
      lost: () => {
        this.heard += 1;
        this.keys.clear();
      },
    });
  }

  has(prefix: string): boolean {
    return this.keys.has(prefix);
  }

  async read(prefix: string): Promise<StoredKey | null> {
    const kept = this.keys.get(prefix);
    if (kept && kept.until > performance.now()) return kept.key;
    const heardBefore = this.heard;
    const mayKeep = this.feed.live;
    const key = await findApiKey(database(), prefix);
    if (key && mayKeep && this.heard === heardBefore) {
      if (this.keys.size >= mostKeys) this.keys.clear();
      this.keys.set(prefix, { key, until: performance.now() + longest });
    }
    return key;
  }

  open(): Promise<void> {
    return this.feed.open();
  }

  close(): Promise<void> {
    return this.feed.close();
  }
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalApiKeyMemory?: ApiKeyMemory };

/** The key of that prefix, from memory where that is safe. */
export function readApiKey(prefix: string): Promise<StoredKey | null> {
  return holder.portalApiKeyMemory?.read(prefix) ?? findApiKey(database(), prefix);
}

/** Whether the key of that prefix is in memory. */
export function remembersApiKey(prefix: string): boolean {
  return holder.portalApiKeyMemory?.has(prefix) ?? false;
}

/** Begins to keep keys in memory; for a server, once `DATABASE_URL` is set. */
export async function rememberApiKeys(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl || holder.portalApiKeyMemory) throw new Error('API keys are remembered once, with DATABASE_URL set.');
  const memory = new ApiKeyMemory(databaseUrl);
  holder.portalApiKeyMemory = memory;
  await memory.open();
}

/** Forgets every key and closes the connection. */
export async function forgetApiKeys(): Promise<void> {
  const memory = holder.portalApiKeyMemory;
  holder.portalApiKeyMemory = undefined;
  await memory?.close();
}
