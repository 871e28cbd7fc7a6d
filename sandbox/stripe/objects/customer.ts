import type Stripe from 'stripe';
import { invalidRequest, missing } from '../errors';
import { newId, randomText } from '../ids';
import { address, anyHash, hash, list, mergeMetadata, metadata, oneOf, text, unsettable, type Inferred } from '../parameters';
import { kind } from '../resource';
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

/** What a caller may give of a customer. */
export const customerFields = {
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
type CustomerFields = Inferred<typeof customerFields>;

const emptyAddress: Stripe.Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** Changes what the caller gave. Throws before anything changed when a value cannot be. */
export function applyCustomerFields(sandbox: Sandbox, one: Stripe.Customer, { metadata: change, invoice_settings, address: place, shipping, ...plain }: CustomerFields): void {
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
export function createCustomer(sandbox: Sandbox, given: CustomerFields): Stripe.Customer {
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
  applyCustomerFields(sandbox, one, given);
  sandbox.insert(customer, one);
  sandbox.emit('customer.created', one);
  return one;
}
