import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { apiVersion, event, webhookEndpoint } from '../events';
import { newId, randomText } from '../ids';
import { isWithin, listOf } from '../lists';
import { list, mergeMetadata, metadata, pagination, range, text, unsettable, webAddress } from '../parameters';
import { get, post, remove, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const withoutSecret = ({ secret: _, ...endpoint }: Stripe.WebhookEndpoint): Stripe.WebhookEndpoint => endpoint;

function withPending(sandbox: Sandbox, made: Stripe.Event): Stripe.Event {
  return { ...made, pending_webhooks: sandbox.deliveries.pending().filter((delivery) => delivery.eventId === made.id).length };
}

/** Types match by name or by `charge.*`. */
const isOfType = (type: string, wanted: string): boolean => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted);

export const events: Resource = {
  kinds: [event, webhookEndpoint],
  routes: [
    get('/v1/events', {
      returns: event,
      parameters: { ...pagination, created: range().optional(), type: text().optional(), types: list(text()).optional() },
      answer({ sandbox, parameters: { created, type, types, ...page } }) {
        if (type && types) throw invalidRequest('You may only specify one of these parameters: type, types.', { param: 'types' });
        const wanted = types ?? (type ? [type] : ['*']);
        const rows = sandbox.rows(event).where((one) => isWithin(one.created, created) && wanted.some((name) => isOfType(one.type, name)));
        return listOf('/v1/events', rows.map((one) => withPending(sandbox, one)), page);
      },
    }),
    get('/v1/events/:id', { returns: event, parameters: {}, answer: ({ sandbox, path }) => withPending(sandbox, sandbox.get(event, path.id!)) }),

    post('/v1/webhook_endpoints', {
      returns: webhookEndpoint,
      parameters: { url: webAddress(), enabled_events: list(text()), api_version: text().optional(), description: unsettable(text()).optional(), metadata: metadata().optional() },
      answer({ sandbox, parameters }) {
        return sandbox.insert(webhookEndpoint, {
          id: newId('we'),
          object: 'webhook_endpoint',
          api_version: parameters.api_version ?? apiVersion,
          application: null,
          created: sandbox.now(),
          description: parameters.description ?? null,
          enabled_events: parameters.enabled_events,
          livemode: false,
          metadata: mergeMetadata(null, parameters.metadata),
          secret: `whsec_${randomText(32)}`,
          status: 'enabled',
          url: parameters.url,
        });
      },
    }),
    get('/v1/webhook_endpoints', {
      returns: webhookEndpoint,
      parameters: pagination,
      answer: ({ sandbox, parameters }) => listOf('/v1/webhook_endpoints', sandbox.rows(webhookEndpoint).all().map(withoutSecret), parameters),
    }),
    get('/v1/webhook_endpoints/:id', { returns: webhookEndpoint, parameters: {}, answer: ({ sandbox, path }) => withoutSecret(sandbox.get(webhookEndpoint, path.id!)) }),
    remove('/v1/webhook_endpoints/:id', {
      returns: webhookEndpoint,
      parameters: {},
      answer({ sandbox, path }) {
        const { id } = sandbox.get(webhookEndpoint, path.id!);
        sandbox.rows(webhookEndpoint).delete(id);
        return { id, object: 'webhook_endpoint', deleted: true };
      },
    }),
  ],
};
