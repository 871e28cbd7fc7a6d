import { ChangeFeed, database } from '@/lib/core/database';
import { findApiKey, sellerOfAccount } from './store';

/** A key as it is read to check who holds it. */
export type StoredKey = NonNullable<Awaited<ReturnType<typeof findApiKey>>>;

/** Rows that were read lately, by name; the oldest go when there are too many. */
class Kept<Row> {
  private readonly rows = new Map<string, Row>();
  /** Counts what was heard: a row read before a change was heard is not kept. */
  private heard = 0;

  constructor(
    private readonly most: number,
    private readonly find: (name: string) => Promise<Row | null>,
  ) {}

  get(name: string): Row | undefined {
    return this.rows.get(name);
  }

  async read(name: string, feed: ChangeFeed): Promise<Row | null> {
    const heardBefore = this.heard;
    const mayKeep = feed.live;
    const row = await this.find(name);
    if (row !== null && mayKeep && this.heard === heardBefore) {
      if (this.rows.size >= this.most) this.rows.delete(this.rows.keys().next().value ?? '');
      this.rows.set(name, row);
    }
    return row;
  }

  drop(name: string): void {
    this.heard += 1;
    this.rows.delete(name);
  }

  clear(): void {
    this.heard += 1;
    this.rows.clear();
  }
}

/**
 * API keys that were read lately, and which seller's customer an account is. Rows are held only while the database tells
 * of every change to one, so a revoked key is dropped when the revocation commits, on every server. Without the feed
 * every call reads the database.
 */
class CredentialMemory {
  readonly keys = new Kept<StoredKey>(20_000, (prefix) => findApiKey(database(), prefix));
  readonly sellers = new Kept<string>(200_000, (accountId) => sellerOfAccount(database(), accountId));
  readonly feed: ChangeFeed;

  constructor(databaseUrl: string) {
    this.feed = new ChangeFeed(databaseUrl, ['api_key_changed', 'account_changed'], {
      changed: (name, channel) => (channel === 'api_key_changed' ? this.keys : this.sellers).drop(name),
      lost: () => {
        this.keys.clear();
        this.sellers.clear();
      },
    });
  }
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalCredentialMemory?: CredentialMemory };

/** The key of that prefix where it is in memory: at once, since every call of a product asks. */
export function rememberedApiKey(prefix: string): StoredKey | undefined {
  return holder.portalCredentialMemory?.keys.get(prefix);
}

/** The key of that prefix from the database, kept in memory where that is safe. */
export function readApiKey(prefix: string): Promise<StoredKey | null> {
  const memory = holder.portalCredentialMemory;
  return memory ? memory.keys.read(prefix, memory.feed) : findApiKey(database(), prefix);
}

/** The id of the seller whose customer the account is, where it is in memory. */
export function rememberedSellerOf(accountId: string): string | undefined {
  return holder.portalCredentialMemory?.sellers.get(accountId);
}

/** The id of the seller whose customer the account is, from the database, kept in memory where that is safe. */
export function readSellerOf(accountId: string): Promise<string | null> {
  const memory = holder.portalCredentialMemory;
  return memory ? memory.sellers.read(accountId, memory.feed) : sellerOfAccount(database(), accountId);
}

/** Begins to keep keys and accounts in memory; for a server, once `DATABASE_URL` is set. */
export async function rememberCredentials(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl || holder.portalCredentialMemory) throw new Error('Credentials are remembered once, with DATABASE_URL set.');
  const memory = new CredentialMemory(databaseUrl);
  holder.portalCredentialMemory = memory;
  await memory.feed.open();
}

/** Forgets everything and closes the connection. */
export async function forgetCredentials(): Promise<void> {
  const memory = holder.portalCredentialMemory;
  holder.portalCredentialMemory = undefined;
  await memory?.feed.close();
}
