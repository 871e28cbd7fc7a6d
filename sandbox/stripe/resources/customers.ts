import { missing } from '../errors';
import { isWithin, listOf } from '../lists';
import { applyCustomerFields, createCustomer, customer, customerFields, customerOf } from '../objects/customer';
import { attach, attachable, detachAll } from '../objects/payment-method';
import { pagination, range, text } from '../parameters';
import { get, post, remove, type Resource } from '../resource';

export const customers: Resource = {
  kinds: [customer],
  routes: [
    post('/v1/customers', {
      returns: customer,
      parameters: { ...customerFields, payment_method: text().optional() },
      answer({ sandbox, parameters: { payment_method, invoice_settings, ...fields } }) {
        const standard = invoice_settings?.default_payment_method;
        if (standard && standard !== payment_method) throw missing('payment_method', standard, 'invoice_settings[default_payment_method]');
        const method = payment_method ? attachable(sandbox, payment_method, 'payment_method') : null;
        const one = createCustomer(sandbox, fields);
        if (method) attach(sandbox, method, one.id);
        if (invoice_settings) applyCustomerFields(sandbox, one, { invoice_settings: { ...invoice_settings, ...(standard && { default_payment_method: method?.id }) } });
        return one;
      },
    }),
    get('/v1/customers', {
      returns: customer,
      parameters: { ...pagination, created: range().optional(), email: text().optional() },
      answer({ sandbox, parameters: { created, email, ...page } }) {
        const rows = sandbox.rows(customer).where((one) => !one.deleted && isWithin(one.created, created) && (email === undefined || one.email === email));
        return listOf('/v1/customers', rows, page);
      },
    }),
    get('/v1/customers/:id', { returns: customer, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(customer, path.id!) }),
    post('/v1/customers/:id', {
      returns: customer,
      parameters: customerFields,
      answer({ sandbox, path, parameters }) {
        const one = customerOf(sandbox, path.id!, 'id');
        const before = structuredClone(one);
        applyCustomerFields(sandbox, one, parameters);
        sandbox.emit('customer.updated', one, before);
        return one;
      },
    }),
    remove('/v1/customers/:id', {
      returns: customer,
      parameters: {},
      answer({ sandbox, path }) {
        const one = customerOf(sandbox, path.id!, 'id');
        detachAll(sandbox, one.id);
        sandbox.emit('customer.deleted', one);
        return sandbox.insert(customer, { id: one.id, object: 'customer', deleted: true });
      },
    }),
  ],
};
