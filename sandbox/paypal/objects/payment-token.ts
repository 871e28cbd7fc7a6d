import { buyers, payerOf, type BuyerName, type PaymentOutcome } from '../buyers';
import { unprocessable } from '../errors';
import { newId } from '../ids';
import type { Link } from '../resource';
import type { Sandbox } from '../sandbox';

/** Whose methods they are: PayPal's id, and the seller's own where one was given. */
export interface VaultCustomer {
  id: string;
  merchantCustomerId: string | null;
}

/** A method that may be charged while its buyer is away. */
export interface PaymentToken {
  id: string;
  customer: VaultCustomer;
  buyer: BuyerName;
  /** What becomes of charges to it. */
  charges: PaymentOutcome;
  /** The order by whose payment it was stored. */
  order: string | null;
}

export const paymentTokens = (sandbox: Sandbox) => sandbox.tables.of<PaymentToken>('payment_token');

export const customerView = ({ id, merchantCustomerId }: VaultCustomer) => ({ id, ...(merchantCustomerId !== null && { merchant_customer_id: merchantCustomerId }) });

/** The customer that a caller means: one by PayPal's id, one by their own, or a new one. */
export function customerOf(sandbox: Sandbox, given: { id?: string; merchant_customer_id?: string } | undefined): VaultCustomer {
  const merchantCustomerId = given?.merchant_customer_id ?? null;
  if (given?.id) return { id: given.id, merchantCustomerId };
  const known = merchantCustomerId === null ? undefined : paymentTokens(sandbox).where(({ customer }) => customer.merchantCustomerId === merchantCustomerId)[0];
  return known?.customer ?? { id: newId.customer(), merchantCustomerId };
}

export function walletOf(buyer: BuyerName) {
  const { payer_id, email_address, name, address } = payerOf(buyers[buyer]);
  return { email_address, account_id: payer_id, account_status: 'VERIFIED', name, address };
}

export function paymentTokenView(sandbox: Sandbox, { id, customer, buyer, order }: PaymentToken) {
  const href = `${sandbox.url}/v3/vault/payment-tokens/${id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }, { href, rel: 'delete', method: 'DELETE' }];
  const { payer_id, email_address, name, address } = payerOf(buyers[buyer]);
  return {
    id,
    customer: customerView(customer),
    payment_source: { paypal: { usage_type: 'MERCHANT', customer_type: 'CONSUMER', permit_multiple_payment_tokens: false, email_address, payer_id, account_id: payer_id, name, address } },
    ...(order !== null && { metadata: { order_id: order } }),
    links,
  };
}

/** Stores a buyer's method. */
export function createPaymentToken(sandbox: Sandbox, { customer, buyer, order }: Pick<PaymentToken, 'customer' | 'buyer' | 'order'>): PaymentToken {
  const made = paymentTokens(sandbox).insert({ id: newId.paymentToken(), customer, buyer, charges: buyers[buyer].later, order });
  sandbox.emit('VAULT.PAYMENT-TOKEN.CREATED', 'payment_token', paymentTokenView(sandbox, made), 'A payment token has been created.');
  return made;
}

/** Forgets a method: nothing is charged to it any more. */
export function deletePaymentToken(sandbox: Sandbox, token: PaymentToken): void {
  paymentTokens(sandbox).delete(token.id);
  sandbox.emit('VAULT.PAYMENT-TOKEN.DELETED', 'payment_token', { id: token.id, customer: customerView(token.customer) }, 'A payment token has been deleted.');
}

/** The method that a charge names. Throws PayPal's refusal of one that is not stored. */
export function storedMethod(sandbox: Sandbox, id: string, field: string): PaymentToken {
  const token = paymentTokens(sandbox).get(id);
  if (!token) throw unprocessable('TOKEN_ID_NOT_FOUND', 'Specified token id was not found.', { field, value: id });
  return token;
}
