import type Stripe from 'stripe';
import type { SandboxClock } from '../server/clock';
import type { Delivery } from '../server/deliveries';
import { StandIn, type StandInSettings } from '../server/stand-in';
import type { Row, Rows } from '../server/tables';
import { missing } from './errors';
import { apiVersion, event, previousAttributes, webhookEndpoint } from './events';
import { newId } from './ids';
import type { Kind, Page, Resource, Route } from './resource';
import { signatureHeader } from './signature';

export interface SandboxSettings extends StandInSettings {
  secretKey: string;
  publishableKey: string;
  /** Where events go, and the secret they are signed with. */
  webhook?: { url: string; secret: string };
}

/** The request that is being answered; null for what happens by itself. */
export interface CurrentRequest {
  id: string;
  idempotencyKey: string | null;
}

const configured = 'Configured when the sandbox started';
const keepEventsFor = 30 * 24 * 3_600;

/** One account at the stand-in for Stripe: everything it holds, and what happens in it by itself. */
export class Sandbox extends StandIn {
  readonly routes: readonly Route[];
  readonly pages: readonly Page[];
  request: CurrentRequest | null = null;
  readonly #kinds = new Map<string, Kind>();
  readonly #kindsByPrefix = new Map<string, Kind>();
  readonly #resources: readonly Resource[];

  constructor(
    override readonly settings: SandboxSettings,
    clock: SandboxClock,
    resources: readonly Resource[],
  ) {
    super(settings, clock);
    this.#resources = resources;
    for (const one of resources.flatMap((resource) => (resource.kinds ?? []) as readonly Kind[])) {
      this.#kinds.set(one.object, one);
      for (const prefix of [one.prefix, ...(one.otherPrefixes ?? [])]) this.#kindsByPrefix.set(prefix, one);
    }
    this.routes = resources.flatMap((resource) => resource.routes ?? []);
    this.pages = resources.flatMap((resource) => resource.pages ?? []);
    for (const one of this.rows(event).all()) {
      if (one.created < this.now() - keepEventsFor) this.rows(event).delete(one.id);
      else Object.freeze(one);
    }
    this.configureWebhook(settings.webhook);
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
    const made = Object.freeze({
      id: newId('evt'),
      object: 'event',
      api_version: apiVersion,
      created: this.now(),
      data,
      livemode: false,
      pending_webhooks: endpoints.length,
      request: { id: this.request?.id ?? null, idempotency_key: this.request?.idempotencyKey ?? null },
      type,
    } as Stripe.Event);
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

  /** Events of what happens here were asked for by no request. */
  override act<R>(action: () => R): R {
    const before = this.request;
    this.request = null;
    try {
      return super.act(action);
    } finally {
      this.request = before;
    }
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
  override reset(): void {
    super.reset();
    this.configureWebhook(this.settings.webhook);
  }

  protected override runJob(name: string, subject: string): void {
    for (const { jobs } of this.#resources) jobs?.[name]?.(this, subject);
  }

  protected override headersFor(delivery: Delivery): Record<string, string> {
    const secret = this.rows(webhookEndpoint).get(delivery.endpointId)?.secret ?? '';
    return { 'stripe-signature': signatureHeader(delivery.body, secret), 'user-agent': 'Stripe/1.0 (sandbox)' };
  }
}
