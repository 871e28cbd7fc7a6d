import { Client } from 'pg';
import { log } from '../log';

export interface ChangeListener {
  /** Something named so has changed. */
  changed(name: string): void;
  /** From here on changes may have been missed: forget what depended on hearing of them. */
  lost(): void;
}

const retryAfter = 1_000;

/**
 * Listens on one channel of PostgreSQL's NOTIFY, on a connection of its own, and connects again when it breaks.
 * What is remembered on the strength of it is true only while `live`.
 */
export class ChangeFeed {
  live = false;
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly channel: string,
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
    client.on('notification', ({ payload }) => this.listener.changed(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
      this.live = this.client === client;
    } catch (error) {
      log('database').warn({ err: error, channel: this.channel }, 'changes cannot be heard, trying again');
      broken();
    }
  }

  private breakOff(): void {
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
    const client = this.client;
    this.client = undefined;
    this.live = false;
    this.listener.lost();
    await client?.end();
  }
}
