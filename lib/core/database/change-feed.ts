import { Client } from 'pg';
import { log } from '../log';

export interface ChangeListener {
  /** Something named so has changed, said on that channel. */
  changed(name: string, channel: string): void;
  /** From here on changes may have been missed: forget what depended on hearing of them. */
  lost(): void;
}

const retryAfter = 1_000;
/** Milliseconds between two signs of life that are asked of the connection, each of which must come before the next. */
const beatEvery = 15_000;

/**
 * Listens on channels of PostgreSQL's NOTIFY, on a connection of its own, and connects again when it breaks or falls
 * silent. What is remembered on the strength of it is true only while `live`.
 */
export class ChangeFeed {
  live = false;
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private heart: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly channels: string | readonly string[],
    private readonly listener: ChangeListener,
  ) {}

  /** Settles when the feed is live, or when the first try has failed and others will follow. */
  async open(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl, application_name: 'portal changes', keepAlive: true });
    this.client = client;
    const broken = (): void => {
      if (this.client === client) this.breakOff();
    };
    client.on('error', broken);
    client.on('end', broken);
    client.on('notification', ({ payload, channel }) => this.listener.changed(payload ?? '', channel));
    try {
      await client.connect();
      for (const channel of [this.channels].flat()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      if (this.client !== client) return;
      this.live = true;
      this.heart = this.beat(client, broken);
    } catch (error) {
      log('database').warn({ err: error, channels: this.channels }, 'changes cannot be heard, trying again');
      broken();
    }
  }

  /** A connection may die without a word, as when a firewall forgets it. */
  private beat(client: Client, broken: () => void): NodeJS.Timeout {
    let answered = true;
    return setInterval(() => {
      if (!answered) return broken();
      answered = false;
      client.query('SELECT 1').then(() => (answered = true), broken);
    }, beatEvery).unref();
  }

  private breakOff(): void {
    clearInterval(this.heart);
    const client = this.client;
    this.client = undefined;
    this.live = false;
    this.listener.lost();
    void client?.end().catch(() => undefined);
    if (!this.closed) this.retry = setTimeout(() => void this.open(), retryAfter).unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.heart);
    const client = this.client;
    this.client = undefined;
    this.live = false;
    this.listener.lost();
    await client?.end();
  }
}
