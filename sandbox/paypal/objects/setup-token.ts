import { unprocessable } from '../errors';
import type { BuyerName } from '../buyers';
import { newId } from '../ids';
import type { Link } from '../resource';
import type { Sandbox } from '../sandbox';
import { createPaymentToken, customerView, walletOf, type PaymentToken, type VaultCustomer } from './payment-token';

/** The wish to store a method, until its buyer agrees and the seller takes it. */
export interface SetupToken {
  id: string;
  status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'VAULTED';
  customer: VaultCustomer;
  description: string | null;
  returnUrl: string | null;
  cancelUrl: string | null;
  locale: string | null;
  buyer: BuyerName | null;
}

const keptFor = 72 * 3_600_000;

export const setupTokens = (sandbox: Sandbox) => sandbox.tables.of<SetupToken>('setup_token');

const setupApprovalUrl = (sandbox: Sandbox, id: string): string => `${sandbox.url}/agreements/approve?approval_session_id=${id}`;

export function setupTokenView(sandbox: Sandbox, token: SetupToken) {
  const { id, status, customer, description, returnUrl, cancelUrl, buyer } = token;
  const self: Link = { href: `${sandbox.url}/v3/vault/setup-tokens/${id}`, rel: 'self', method: 'GET' };
  const onward: Link[] =
    status === 'PAYER_ACTION_REQUIRED' ? [{ href: setupApprovalUrl(sandbox, id), rel: 'approve', method: 'GET' }]
    : status === 'APPROVED' ? [{ href: `${sandbox.url}/v3/vault/payment-tokens`, rel: 'confirm', method: 'POST' }]
    : [];
  const experience = { ...(returnUrl !== null && { return_url: returnUrl }), ...(cancelUrl !== null && { cancel_url: cancelUrl }) };
  const wallet = {
    usage_type: 'MERCHANT',
    customer_type: 'CONSUMER',
    permit_multiple_payment_tokens: false,
    experience_context: experience,
    ...(description !== null && { description }),
    ...(buyer && walletOf(buyer)),
  };
  return { id, customer: customerView(customer), status, payment_source: { paypal: wallet }, links: [...onward, self] };
}

export function createSetupToken(sandbox: Sandbox, wish: Pick<SetupToken, 'customer' | 'description' | 'returnUrl' | 'cancelUrl' | 'locale'>): SetupToken {
  const made = setupTokens(sandbox).insert({ id: newId.setupToken(), status: 'PAYER_ACTION_REQUIRED', ...wish, buyer: null });
  sandbox.later('expire_setup_token', made.id, keptFor);
  return made;
}

/** A buyer agrees. */
export function approveSetup(token: SetupToken, buyer: BuyerName): void {
  token.status = 'APPROVED';
  token.buyer = buyer;
}

/** The seller takes the method that a buyer agreed to store. Throws PayPal's refusals. */
export function vaultSetup(sandbox: Sandbox, id: string): PaymentToken {
  const token = setupTokens(sandbox).get(id);
  const field = '/payment_source/token/id';
  if (!token) throw unprocessable('SETUP_TOKEN_ID_NOT_FOUND', 'Specified setup token id was not found.', { field, value: id });
  if (token.status === 'VAULTED') throw unprocessable('SETUP_TOKEN_ALREADY_TOKENIZED', 'The setup token has been used previously to generate a payment token.', { field, value: id });
  if (!token.buyer) throw unprocessable('PAYER_ACTION_REQUIRED', 'Please make sure setup up token is approved. Please complete the approval flow.', { field, value: id });
  token.status = 'VAULTED';
  return createPaymentToken(sandbox, { customer: token.customer, buyer: token.buyer, order: null });
}
