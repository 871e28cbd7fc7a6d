import type Stripe from 'stripe';
import { invalidRequest, missing } from '../errors';
import { newId, randomText } from '../ids';
import { isWithin, listOf } from '../lists';
import { address, anyHash, hash, list, mergeMetadata, metadata, oneOf, pagination, range, text, unsettable } from '../parameters';
import { get, kind, post, remove, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

export const customer = kind<Stripe.Customer | Stripe.DeletedCustomer>({
  object: 'customer',
  prefix: 'cus',
  expandable: { 'invoice_settings.default_payment_method': 'payment_method' },
});

/** A customer that may be worked with. Throws `resource_missing` for none, and for one that was deleted. */
export function customerOf(sandbox: Sandbox, id: string, param = 'customer'): Stripe.Customer {
  const found = sandbox.get(customer, id, param);
  if (found.deleted) throw missing('customer', id, param);
  return found;
}

const fields = {
  address: unsettable(address()).optional(),
  description: unsettable(text()).optional(),
  email: unsettable(text(512)).optional(),
  invoice_settings: hash({ default_payment_method: unsettable(text()).optional(), custom_fields: unsettable(list(anyHash())).optional(), footer: unsettable(text()).optional() }).optional(),
  metadata: metadata().optional(),
  name: unsettable(text(256)).optional(),
  phone: unsettable(text(20)).optional(),
  preferred_locales: list(text()).optional(),
  shipping: unsettable(hash({ address: address(), name: text(), phone: unsettable(text()).optional() })).optional(),
  tax_exempt: oneOf(['none', 'exempt', 'reverse']).optional(),
};
type Fields = { [K in keyof typeof fields]?: (typeof fields)[K] extends { _output: infer O } ? O : never };

const emptyAddress: Stripe.Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

function apply(sandbox: Sandbox, one: Stripe.Customer, { metadata: change, invoice_settings, address: place, shipping, ...plain }: Fields): void {
  if (plain.email && !/^\S+@\S+$/.test(plain.email)) throw invalidRequest(`Invalid email address: ${plain.email}`, { code: 'email_invalid', param: 'email' });
  const standard = invoice_settings?.default_payment_method;
  if (standard) assertAttached(sandbox, one.id, standard);
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) Object.assign(one, { [name]: value });
  if (place !== undefined) one.address = place && { ...emptyAddress, ...place };
  if (shipping !== undefined) one.shipping = shipping && { name: shipping.name, phone: shipping.phone ?? null, address: { ...emptyAddress, ...shipping.address } };
  if (standard !== undefined) one.invoice_settings.default_payment_method = standard;
  if (invoice_settings?.footer !== undefined) one.invoice_settings.footer = invoice_settings.footer;
  one.metadata = mergeMetadata(one.metadata, change);
}

function assertAttached(sandbox: Sandbox, customerId: string, id: string): void {
  const method = sandbox.find(id) as Stripe.PaymentMethod | undefined;
  const param = 'invoice_settings[default_payment_method]';
  if (method?.object !== 'payment_method') throw missing('PaymentMethod', id, param);
  if (method.customer !== customerId) {
    throw invalidRequest(`The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`, { code: 'resource_missing', param });
  }
}

/** Makes a customer and tells of it. */
export function createCustomer(sandbox: Sandbox, given: Fields): Stripe.Customer {
  const one = {
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: sandbox.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Stripe.Customer as Stripe.Customer;
  apply(sandbox, one, given);
  sandbox.insert(customer, one);
  sandbox.emit('customer.created', one);
  return one;
}

export const customers: Resource = {
  kinds: [customer],
  routes: [
    post('/v1/customers', { returns: customer, parameters: fields, answer: ({ sandbox, parameters }) => createCustomer(sandbox, parameters) }),
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
      parameters: fields,
      answer({ sandbox, path, parameters }) {
        const one = customerOf(sandbox, path.id!, 'id');
        const before = structuredClone(one);
        apply(sandbox, one, parameters);
        sandbox.emit('customer.updated', one, before);
        return one;
      },
    }),
    remove('/v1/customers/:id', {
      returns: customer,
      parameters: {},
      answer({ sandbox, path }) {
        const one = customerOf(sandbox, path.id!, 'id');
        sandbox.emit('customer.deleted', one);
        return sandbox.insert(customer, { id: one.id, object: 'customer', deleted: true });
      },
    }),
  ],
};
