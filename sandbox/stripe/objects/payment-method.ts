import type Stripe from 'stripe';
import { cardFailures } from '../declines';
import { cardError, invalidRequest } from '../errors';
import { newId } from '../ids';
import { mergeMetadata } from '../parameters';
import { describe, describeByName, instrumentTable, type Description, type Instrument, type PaymentMethodData } from '../payment-method-input';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { customer } from './customer';

export const paymentMethod = kind<Stripe.PaymentMethod>({ object: 'payment_method', prefix: 'pm', expandable: { customer: 'customer' } });

/** An address of which nothing is known. */
export const noAddress: Stripe.Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

function billingOf(given: PaymentMethodData['billing_details']): Stripe.PaymentMethod.BillingDetails {
  return {
    address: { ...noAddress, ...given?.address },
    email: given?.email ?? null,
    name: given?.name ?? null,
    phone: given?.phone ?? null,
    tax_id: given?.tax_id ?? null,
  };
}

function make(sandbox: Sandbox, { type, shown, behaviour }: Description, given: PaymentMethodData = {}): Stripe.PaymentMethod {
  const made = sandbox.insert(paymentMethod, {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: given.allow_redisplay ?? 'unspecified',
    billing_details: billingOf(given.billing_details),
    ...shown,
    created: sandbox.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    type,
  });
  sandbox.tables.of<Instrument>(instrumentTable).insert({ id: made.id, ...behaviour, setUp: false, mandate: null, verified: false });
  return made;
}

/** Makes a payment method of what the caller described. */
export function createPaymentMethod(sandbox: Sandbox, given: PaymentMethodData): Stripe.PaymentMethod {
  return make(sandbox, describe(sandbox, given), given);
}

/** The payment method with this id; `pm_card_visa` and the like make a new one each time. */
export function paymentMethodOf(sandbox: Sandbox, id: string, param = 'payment_method'): Stripe.PaymentMethod {
  const named = describeByName(sandbox, id);
  return named ? make(sandbox, named) : sandbox.get(paymentMethod, id, param);
}

/** How a payment method behaves. */
export function instrumentOf(sandbox: Sandbox, id: string): Instrument {
  return sandbox.tables.of<Instrument>(instrumentTable).get(id)!;
}

const spent = 'spent_payment_method';

/** Notes that a payment method was used or detached and belongs to nobody: it may not be used again. */
export function spend(sandbox: Sandbox, method: Stripe.PaymentMethod): void {
  sandbox.tables.of(spent).insert({ id: method.id });
}

/** Throws for a payment method that was spent. */
export function assertUnspent(sandbox: Sandbox, method: Stripe.PaymentMethod): void {
  if (!sandbox.tables.of(spent).get(method.id)) return;
  throw invalidRequest(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    { code: 'payment_method_unexpected_state', param: 'payment_method' },
  );
}

/** Saves a payment method to a customer. Throws when it is another's, or was another's. */
export function attach(sandbox: Sandbox, method: Stripe.PaymentMethod, customerId: string): void {
  if (method.customer === customerId) return;
  if (method.customer) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.', { code: 'payment_method_unexpected_state', param: 'payment_method' });
  }
  assertUnspent(sandbox, method);
  method.customer = customerId;
  sandbox.emit('payment_method.attached', method);
}

/** The payment method with this id, if its issuer lets it be saved. Throws the issuer's refusal otherwise. */
export function attachable(sandbox: Sandbox, id: string, param: string): Stripe.PaymentMethod {
  const method = paymentMethodOf(sandbox, id, param);
  const { card } = instrumentOf(sandbox, method.id);
  if (card?.decline && !card.canBeAttached) {
    const { type: _, message, ...failure } = cardFailures[card.decline];
    throw cardError(message, failure);
  }
  return method;
}

/** Takes a payment method from its customer: it may not be used again. */
export function detach(sandbox: Sandbox, method: Stripe.PaymentMethod): void {
  const before = structuredClone(method);
  const owner = sandbox.rows(customer).get(method.customer as string);
  method.customer = null;
  if (owner && !owner.deleted && owner.invoice_settings.default_payment_method === method.id) {
    const ownerBefore = structuredClone(owner);
    owner.invoice_settings.default_payment_method = null;
    sandbox.emit('customer.updated', owner, ownerBefore);
  }
  spend(sandbox, method);
  sandbox.emit('payment_method.detached', method, before);
}

/** Detaches everything that was saved to a customer who is deleted. */
export function detachAll(sandbox: Sandbox, customerId: string): void {
  for (const method of sandbox.rows(paymentMethod).where((one) => one.customer === customerId)) detach(sandbox, method);
}
