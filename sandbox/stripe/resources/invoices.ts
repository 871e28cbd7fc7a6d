import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { boolean, hash, mergeMetadata, metadata, oneOf, pagination, range, text, unsettable } from '../parameters';
import { get, post, type Resource } from '../resource';
import { closeInvoice, collectInvoice, defaultMethodOf, finalizeInvoice, onChallenge, onPaid, onRefused, payInvoice, retryInvoice } from '../objects/invoice-collection';
import { invoice, invoicePayment } from '../objects/invoice';

const statuses = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

export const invoices: Resource = {
  kinds: [invoice, invoicePayment],
  jobs: { 'invoice.retry': retryInvoice },
  reactions: { 'payment_intent.succeeded': onPaid, 'payment_intent.payment_failed': onRefused, 'payment_intent.requires_action': onChallenge },
  routes: [
    get('/v1/invoices', {
      returns: invoice,
      parameters: {
        ...pagination,
        collection_method: text().optional(),
        created: range().optional(),
        customer: text().optional(),
        status: oneOf(statuses).optional(),
        subscription: text().optional(),
      },
      answer: ({ sandbox, parameters: { collection_method, created, customer, status, subscription, ...page } }) =>
        listOf(
          '/v1/invoices',
          sandbox.rows(invoice).where(
            (one) =>
              isWithin(one.created, created) &&
              (!collection_method || one.collection_method === collection_method) &&
              (!customer || one.customer === customer) &&
              (!status || one.status === status) &&
              (!subscription || one.parent?.subscription_details?.subscription === subscription),
          ),
          page,
        ),
    }),
    get('/v1/invoices/:id', { returns: invoice, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(invoice, path.id!) }),
    get('/v1/invoices/:id/lines', {
      returns: invoice,
      parameters: pagination,
      answer: ({ sandbox, path, parameters }) => listOf(`/v1/invoices/${path.id}/lines`, [...sandbox.get(invoice, path.id!).lines.data].reverse(), parameters),
    }),
    post('/v1/invoices/:id', {
      returns: invoice,
      parameters: { auto_advance: boolean().optional(), default_payment_method: unsettable(text()).optional(), description: unsettable(text()).optional(), metadata: metadata().optional() },
      answer: ({ sandbox, path, parameters: { metadata: change, ...given } }) => {
        const row = sandbox.get(invoice, path.id!);
        const before = structuredClone(row);
        Object.assign(row, given, { metadata: mergeMetadata(row.metadata, change) });
        sandbox.emit('invoice.updated', row, before);
        return row;
      },
    }),
    post('/v1/invoices/:id/finalize', {
      returns: invoice,
      parameters: { auto_advance: boolean().optional() },
      answer: ({ sandbox, path }) => {
        const row = sandbox.get(invoice, path.id!);
        if (row.status !== 'draft') throw invalidRequest('This invoice is already finalized, you can\'t re-finalize a non-draft invoice.', { code: 'invoice_not_editable' });
        finalizeInvoice(sandbox, row);
        if (row.amount_remaining > 0) collectInvoice(sandbox, row);
        return row;
      },
    }),
    post('/v1/invoices/:id/pay', {
      returns: invoice,
      parameters: { off_session: boolean().optional(), payment_method: text().optional() },
      answer: ({ sandbox, path, parameters: { off_session = true, payment_method } }) => {
        const row = sandbox.get(invoice, path.id!);
        if (row.status === 'paid') throw invalidRequest('Invoice is already paid', { code: 'invoice_already_paid' });
        if (row.status !== 'open') throw invalidRequest(`The invoice is ${row.status}: only an open invoice can be paid.`);
        const method = payment_method ?? defaultMethodOf(sandbox, row);
        if (!method) throw invalidRequest('Cannot charge customer with no active card', { code: 'missing' });
        payInvoice(sandbox, row, { method, offSession: off_session });
        return row;
      },
    }),
    ...(['void', 'mark_uncollectible'] as const).map((verb) =>
      post(`/v1/invoices/:id/${verb}`, {
        returns: invoice,
        parameters: {},
        answer: ({ sandbox, path }) => {
          const row = sandbox.get(invoice, path.id!);
          if (row.status !== 'open' && !(verb === 'void' && row.status === 'uncollectible')) throw invalidRequest(`You can only pass in open invoices. This invoice isn't open.`);
          closeInvoice(sandbox, row, verb === 'void' ? 'void' : 'uncollectible');
          return row;
        },
      }),
    ),
    get('/v1/invoice_payments', {
      returns: invoicePayment,
      parameters: { ...pagination, invoice: text().optional(), payment: hash({ type: oneOf(['payment_intent']), payment_intent: text() }).optional(), status: oneOf(['open', 'paid', 'canceled']).optional() },
      answer: ({ sandbox, parameters: { invoice: owner, payment, status, ...page } }) =>
        listOf(
          '/v1/invoice_payments',
          sandbox.rows(invoicePayment).where((one) => (!owner || one.invoice === owner) && (!payment || one.payment.payment_intent === payment.payment_intent) && (!status || one.status === status)),
          page,
        ),
    }),
    get('/v1/invoice_payments/:id', { returns: invoicePayment, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(invoicePayment, path.id!) }),
  ],
};
