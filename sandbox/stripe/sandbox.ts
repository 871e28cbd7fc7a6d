import type Stripe from 'stripe';
import type { SandboxClock } from '../server/clock';
import { DeliveryQueue, type Delivery } from '../server/deliveries';
import { Faults } from '../server/faults';
import { RequestLog } from '../server/request-log';
import { Schedule, type ScheduledJob } from '../server/schedule';
import { StateFile } from '../server/state-file';
import { Tables, type Row, type Rows } from '../server/tables';
import { missing } from './errors';
import { apiVersion, event, previousAttributes, webhookEndpoint } from './events';
import { newId } from './ids';
import type { Kind, Page, Resource, Route } from './resource';
import { signatureHeader } from './signature';

export interface SandboxSettings {
  secretKey: string;
  publishableKey: string;
  /** Milliseconds that what is slow at Stripe takes here: a bank debit, a refund that is pending, a look at evidence. */
  settleAfter: number;
  /** Where events go, and the secret they are signed with. */
  webhook?: { url: string; secret: string };
  stateFile?: string;
}

/** The request that is being answered; null for what happens by itself. */
export interface CurrentRequest {
  id: string;
  idempotencyKey: string | null;
}

interface SavedState {
  tables: Record<string, Row[]>;
  clock: number | null;
}

const configured = 'Configured when the sandbox started';
const keepEventsFor = 30 * 24 * 3_600;

/** One account at the stand-in for Stripe: everything it holds, and what happens in it by itself. */
export class Sandbox {
  readonly tables = new Tables();
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  readonly schedule: Schedule;
  readonly deliveries: DeliveryQueue;
  readonly routes: readonly Route[];
  readonly pages: readonly Page[];
  /** `http://localhost:…`, once it is served. */
  url = '';
  request: CurrentRequest | null = null;
  readonly #kinds = new Map<string, Kind>();
  readonly #kindsByPrefix = new Map<string, Kind>();
  readonly #jobs = new Map<string, (sandbox: Sandbox, subject: string) => void>();
  readonly #resources: readonly Resource[];
  readonly #file: StateFile | null;

  constructor(
    readonly settings: SandboxSettings,
    readonly clock: SandboxClock,
    resources: readonly Resource[],
  ) {
    this.#resources = resources;
    for (const resource of resources) {
      for (const one of (resource.kinds ?? []) as readonly Kind[]) {
        this.#kinds.set(one.object, one);
        for (const prefix of [one.prefix, ...(one.otherPrefixes ?? [])]) this.#kindsByPrefix.set(prefix, one);
      }
      for (const [name, job] of Object.entries(resource.jobs ?? {})) this.#jobs.set(name, job);
    }
    this.routes = resources.flatMap((resource) => resource.routes ?? []);
    this.pages = resources.flatMap((resource) => resource.pages ?? []);
    this.schedule = new Schedule(clock, () => this.tables.of<ScheduledJob>('scheduled_job'), (job) => this.#run(job), () => this.changed());
    this.deliveries = new DeliveryQueue(() => this.tables.of<Delivery>('delivery'), (delivery) => this.#signed(delivery), () => this.changed(), () => this.saved());
    this.#file = settings.stateFile ? new StateFile(settings.stateFile, () => ({ tables: this.tables, clock: clock.standing })) : null;
    this.#load();
    this.configureWebhook(settings.webhook);
  }

  /** Begins to do by itself what is due, once the sandbox is served. */
  start(url: string): void {
    this.url = url;
    this.schedule.wake();
    this.deliveries.resume();
  }

  kind(object: string): Kind | undefined {
    return this.#kinds.get(object);
  }

  rows<T extends Row>(kind: Kind<T>): Rows<T> {
    return this.tables.of<T>(kind.object);
  }

  /** The object with this id, whatever its kind. */
  find(id: string): Row | undefined {
    const kind = this.#kindsByPrefix.get(id.slice(0, id.lastIndexOf('_')));
    return kind && this.rows(kind).get(id);
  }

  /** The object with this id. Throws Stripe's `resource_missing`, which names the parameter that the id came in. */
  get<T extends Row>(kind: Kind<T>, id: string, param = 'id'): T {
    const row = this.rows(kind).get(id);
    if (!row) throw missing(kind.object, id, param);
    return row;
  }

  insert<T extends Row>(kind: Kind<T>, row: T): T {
    return this.rows(kind).insert(row);
  }

  /** Now, in seconds. */
  now(): number {
    return this.clock.seconds();
  }

  /**
   * Makes the event that says what happened to an object and sends it to the endpoints that want it. `before` is a copy
   * of the object from before a change, for `previous_attributes`; an update that changed nothing is no event.
   */
  emit(type: Stripe.Event['type'], object: object, before?: object): void {
    const previous_attributes = before && previousAttributes(before, object);
    if (type.endsWith('.updated') && previous_attributes && Object.keys(previous_attributes).length === 0) return;
    const data = { object: structuredClone(object), ...(previous_attributes && { previous_attributes }) };
    const endpoints = this.rows(webhookEndpoint).where((one) => one.status === 'enabled' && (one.enabled_events.includes('*') || one.enabled_events.includes(type)));
    const made = {
      id: newId('evt'),
      object: 'event',
      api_version: apiVersion,
      created: this.now(),
      data,
      livemode: false,
      pending_webhooks: endpoints.length,
      request: { id: this.request?.id ?? null, idempotency_key: this.request?.idempotencyKey ?? null },
      type,
    } as Stripe.Event;
    this.insert(event, made);
    for (const endpoint of endpoints) this.deliveries.add(this.deliveryOf(made, endpoint));
    for (const { reactions } of this.#resources) reactions?.[type]?.(this, object as never);
  }

  /** An event addressed to an endpoint; nothing sends it yet. */
  deliveryOf(made: Stripe.Event, endpoint: Stripe.WebhookEndpoint): Delivery {
    return {
      id: newId('whd'),
      eventId: made.id,
      endpointId: endpoint.id,
      url: endpoint.url,
      body: JSON.stringify(made, null, 2),
      attempts: 0,
      state: 'pending',
      lastStatus: null,
    };
  }

  /** Has a job of a resource run after so many milliseconds of the sandbox's time. */
  later(job: string, subject: string, milliseconds = this.settings.settleAfter): void {
    this.schedule.add({ id: newId('job'), job, subject, due: this.clock.now() + milliseconds });
  }

  /** Acts outside of a request, as jobs and controls do, and keeps what came of it. */
  act<R>(action: () => R): R {
    const before = this.request;
    this.request = null;
    try {
      return action();
    } finally {
      this.request = before;
      this.changed();
    }
  }

  /** Notes that something changed which no answer waits for. */
  changed(): void {
    this.#file?.noteChange();
    this.#file?.saved().catch((error: Error) => process.stderr.write(`The sandbox could not save its state: ${error.message}\n`));
  }

  /** Resolves when everything so far is in the state file, if there is one. */
  async saved(): Promise<void> {
    await this.#file?.saved();
  }

  /** Sends events to this address from now on, besides the endpoints that were created by the API. */
  configureWebhook(webhook: SandboxSettings['webhook']): void {
    for (const old of this.rows(webhookEndpoint).where((one) => one.description === configured)) this.rows(webhookEndpoint).delete(old.id);
    if (!webhook) return;
    this.insert(webhookEndpoint, {
      id: 'we_configured',
      object: 'webhook_endpoint',
      api_version: apiVersion,
      application: null,
      created: this.now(),
      description: configured,
      enabled_events: ['*'],
      livemode: false,
      metadata: {},
      secret: webhook.secret,
      status: 'enabled',
      url: webhook.url,
    });
  }

  /** Forgets everything but the configured webhook. */
  reset(): void {
    this.deliveries.reset();
    this.schedule.stop();
    this.faults.clear();
    this.requests.clear();
    this.tables.clear();
    this.clock.set(null);
    this.configureWebhook(this.settings.webhook);
    this.changed();
  }

  async close(): Promise<void> {
    this.schedule.stop();
    await this.deliveries.close();
    await this.saved();
  }

  #run({ job, subject }: ScheduledJob): void {
    try {
      this.act(() => this.#jobs.get(job)?.(this, subject));
    } catch (error) {
      process.stderr.write(`The sandbox failed at ${job} of ${subject}: ${(error as Error).stack}\n`);
    }
  }

  #signed(delivery: Delivery): Record<string, string> {
    const secret = this.rows(webhookEndpoint).get(delivery.endpointId)?.secret ?? '';
    return { 'stripe-signature': signatureHeader(delivery.body, secret), 'user-agent': 'Stripe/1.0 (sandbox)' };
  }

  #load(): void {
    const saved = this.settings.stateFile ? (StateFile.read(this.settings.stateFile) as SavedState | null) : null;
    if (!saved) return;
    this.tables.restore(saved.tables);
    this.clock.set(saved.clock);
    for (const old of this.rows(event).where((one) => one.created < this.now() - keepEventsFor)) this.rows(event).delete(old.id);
  }
}

