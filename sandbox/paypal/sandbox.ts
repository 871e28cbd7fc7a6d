import type { SandboxClock } from '../server/clock';
import type { Delivery } from '../server/deliveries';
import { StandIn, type StandInSettings } from '../server/stand-in';
import type { Rows } from '../server/tables';
import { missing } from './errors';
import { eventView, events, wants, webhooks, type EventType, type Webhook, type WebhookEvent } from './events';
import { newId } from './ids';
import type { Page, Resource, Route } from './resource';
import { transmissionHeaders, type SigningCertificate } from './signature';

export interface SandboxSettings extends StandInSettings {
  clientId: string;
  clientSecret: string;
  /** Seconds that an access token lives. */
  tokenLifetime: number;
  /** Where events go, and PayPal's id of the webhook, which is part of what is signed. */
  webhook?: { url: string; id: string };
}

const configured = 'Configured when the sandbox started';
const keepEventsFor = 30 * 24 * 3_600_000;

/** The seller whose account this is. */
export const seller = { email_address: 'seller@sandbox.example', merchant_id: 'SANDBOXSELLER' } as const;

/** One account at the stand-in for PayPal: everything it holds, and what happens in it by itself. */
export class Sandbox extends StandIn {
  readonly routes: readonly Route[];
  readonly pages: readonly Page[];
  readonly certificate: SigningCertificate;
  readonly #resources: readonly Resource[];

  constructor(
    override readonly settings: SandboxSettings,
    clock: SandboxClock,
    resources: readonly Resource[],
    newCertificate: SigningCertificate,
  ) {
    super(settings, clock);
    // The one of before where there is one: whoever trusts it goes on doing so over a restart.
    this.certificate = this.#certificates().all()[0] ?? newCertificate;
    this.#certificates().insert(this.certificate);
    this.#resources = resources;
    this.routes = resources.flatMap((resource) => resource.routes ?? []);
    this.pages = resources.flatMap((resource) => resource.pages ?? []);
    for (const one of events(this).all()) {
      if (Date.parse(one.create_time) < this.clock.now() - keepEventsFor) events(this).delete(one.id);
      else Object.freeze(one);
    }
    this.configureWebhook(settings.webhook);
  }

  /** Now, as PayPal writes it: `2026-01-31T09:00:00Z`. */
  now(): string {
    return this.at(this.clock.now());
  }

  /** A moment in milliseconds as PayPal writes it. */
  at(milliseconds: number): string {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
  }

  /** The row with this id. Throws PayPal's 404. */
  get<T extends { id: string }>(table: string, id: string): T {
    const row = this.tables.of<T>(table).get(id);
    if (!row) throw missing();
    return row;
  }

  /** Makes the event that says what happened to a thing, which is shown as it is now, and sends it to the webhooks that want it. */
  emit(type: EventType, resourceType: string, resource: object, summary: string): void {
    const made: WebhookEvent = Object.freeze({ id: newId.event(), create_time: this.now(), resource_type: resourceType, event_type: type, summary, resource: structuredClone(resource) });
    events(this).insert(made);
    for (const webhook of webhooks(this).where((one) => wants(one, type))) this.deliveries.add(this.deliveryOf(made, webhook));
  }

  /** An event addressed to a webhook; nothing sends it yet. */
  deliveryOf(made: WebhookEvent, { id, url }: Webhook): Delivery {
    return { id: newId.webhook(), eventId: made.id, endpointId: id, url, body: JSON.stringify(eventView(this, made)), attempts: 0, state: 'pending', lastStatus: null };
  }

  /** Sends events to this address from now on, besides the webhooks that were created by the API. */
  configureWebhook(webhook: SandboxSettings['webhook']): void {
    for (const old of webhooks(this).where((one) => one.origin === configured)) webhooks(this).delete(old.id);
    if (webhook) webhooks(this).insert({ ...webhook, event_types: ['*'], origin: configured });
  }

  /** Forgets everything but the certificate and the configured webhook. */
  override reset(): void {
    super.reset();
    this.#certificates().insert(this.certificate);
    this.configureWebhook(this.settings.webhook);
  }

  #certificates(): Rows<SigningCertificate> {
    return this.tables.of<SigningCertificate>('certificate');
  }

  protected override runJob(name: string, subject: string): void {
    for (const { jobs } of this.#resources) jobs?.[name]?.(this, subject);
  }

  protected override headersFor(delivery: Delivery): Record<string, string> {
    return transmissionHeaders({ body: delivery.body, webhookId: delivery.endpointId, certificate: this.certificate, url: this.url });
  }
}
