import { z } from 'zod';
import { unprocessable } from '../errors';
import { events, eventTypes, eventView, webhooks as webhookRows, type Webhook, type WebhookEvent } from '../events';
import { newId } from '../ids';
import { anything, number, text, webAddress } from '../input';
import { get, post, remove, type Link, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';
import { certificatePath, isSigned, signedText } from '../signature';

const pem = { 'content-type': 'application/x-pem-file' };

function webhookView(sandbox: Sandbox, { id, url, event_types }: Webhook) {
  const href = `${sandbox.url}/v1/notifications/webhooks/${id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }, { href, rel: 'delete', method: 'DELETE' }];
  return { id, url, event_types: event_types.map((name) => ({ name, status: 'ENABLED' })), links };
}

/** https://developer.paypal.com/docs/api/webhooks/v1/ */
export const webhooks: Resource = {
  pages: [
    {
      method: 'GET',
      path: `${certificatePath}:id`,
      answer: ({ sandbox: { certificate }, path }) => (path.id === certificate.id ? { headers: pem, body: certificate.certificate + certificate.root } : { status: 404 }),
    },
    { method: 'GET', path: '/_pages/root-certificate.pem', answer: ({ sandbox: { certificate } }) => ({ headers: pem, body: certificate.root }) },
  ],
  routes: [
    post('/v1/notifications/webhooks', z.object({ url: webAddress(), event_types: z.array(z.object({ name: z.enum(['*', ...eventTypes]) })).min(1) }), ({ sandbox, body }) => {
      const made = webhookRows(sandbox).insert({ id: newId.webhook(), url: body.url, event_types: body.event_types.map(({ name }) => name) });
      return { status: 201, body: webhookView(sandbox, made) };
    }),
    get('/v1/notifications/webhooks', anything, ({ sandbox }) => ({ status: 200, body: { webhooks: webhookRows(sandbox).all().map((one) => webhookView(sandbox, one)) } })),
    get('/v1/notifications/webhooks/:id', anything, ({ sandbox, path }) => ({ status: 200, body: webhookView(sandbox, sandbox.get<Webhook>('webhook', path.id!)) })),
    remove('/v1/notifications/webhooks/:id', ({ sandbox, path }) => {
      webhookRows(sandbox).delete(sandbox.get<Webhook>('webhook', path.id!).id);
      return { status: 204 };
    }),
    post(
      '/v1/notifications/verify-webhook-signature',
      z.object({ transmission_id: text(50), transmission_time: text(100), cert_url: webAddress(), auth_algo: text(100), transmission_sig: text(500), webhook_id: text(50), webhook_event: z.record(z.string(), z.unknown()) }),
      ({ sandbox, body }) => {
        if (!webhookRows(sandbox).get(body.webhook_id)) throw unprocessable('INVALID_WEBHOOK_ID', 'The webhook id is not one of this account.', { field: '/webhook_id', value: body.webhook_id });
        const said = signedText({ id: body.transmission_id, time: body.transmission_time, webhookId: body.webhook_id, body: JSON.stringify(body.webhook_event) });
        const known = body.cert_url === `${sandbox.url}${certificatePath}${sandbox.certificate.id}` && body.auth_algo === 'SHA256withRSA';
        return { status: 200, body: { verification_status: known && isSigned(said, body.transmission_sig, sandbox.certificate) ? 'SUCCESS' : 'FAILURE' } };
      },
    ),
    get(
      '/v1/notifications/webhooks-events',
      z.object({ page_size: number(1, 300).default(10), start_time: z.iso.datetime({ offset: true }).optional(), end_time: z.iso.datetime({ offset: true }).optional(), transaction_id: text().optional(), event_type: text().optional() }),
      ({ sandbox, query: { page_size, start_time, end_time, transaction_id, event_type } }) => {
        const from = start_time === undefined ? -Infinity : Date.parse(start_time);
        const until = end_time === undefined ? Infinity : Date.parse(end_time);
        const matching = events(sandbox).where((one) => {
          const at = Date.parse(one.create_time);
          return at >= from && at <= until && (!event_type || one.event_type === event_type) && (!transaction_id || (one.resource as { id?: string }).id === transaction_id);
        });
        return { status: 200, body: { events: matching.reverse().slice(0, page_size).map((one) => eventView(sandbox, one)), count: Math.min(matching.length, page_size) } };
      },
    ),
    get('/v1/notifications/webhooks-events/:id', anything, ({ sandbox, path }) => ({ status: 200, body: eventView(sandbox, sandbox.get<WebhookEvent>('webhook_event', path.id!)) })),
    post('/v1/notifications/webhooks-events/:id/resend', z.object({ webhook_ids: z.array(text(50)).optional() }), ({ sandbox, path, body }) => {
      const event = sandbox.get<WebhookEvent>('webhook_event', path.id!);
      const chosen = webhookRows(sandbox).where(({ id }) => !body.webhook_ids || body.webhook_ids.includes(id));
      for (const webhook of chosen) sandbox.deliveries.add(sandbox.deliveryOf(event, webhook));
      return { status: 202, body: eventView(sandbox, event) };
    }),
  ],
};
