import { buyers, type BuyerName } from './buyers';
import type { Money } from './money';
import { approveOrder, orders } from './objects/order';
import { approveSetup, setupTokens } from './objects/setup-token';
import type { Sandbox } from './sandbox';

/** Something that a buyer is asked to agree to. */
export interface Approval {
  kind: 'order' | 'setup';
  /** As the seller wishes to have it shown, such as `zh-CN`. */
  locale: string | null;
  /** The `token` of the page's address. */
  token: string;
  amount: Money | null;
  /** What the seller says it is for. */
  description: string | null;
  returnUrl: string | null;
  cancelUrl: string | null;
  /** What the seller's page is told when the buyer agreed, or did not. */
  answer: Record<string, string>;
  agree(buyer: BuyerName): void;
}

function orderApproval(sandbox: Sandbox, token: string): Approval | null {
  const order = orders(sandbox).get(token);
  if (!order || order.status === 'COMPLETED' || order.status === 'VOIDED') return null;
  const { returnUrl, cancelUrl, locale, units: [unit] } = order;
  return { kind: 'order', token, locale, amount: unit?.amount ?? null, description: unit?.description ?? null, returnUrl, cancelUrl, answer: { token }, agree: (buyer) => approveOrder(sandbox, order, buyer) };
}

function setupApproval(sandbox: Sandbox, token: string): Approval | null {
  const setup = setupTokens(sandbox).get(token);
  if (!setup || setup.status === 'VAULTED') return null;
  const { description, returnUrl, cancelUrl, locale } = setup;
  return { kind: 'setup', token, locale, amount: null, description, returnUrl, cancelUrl, answer: { token, approval_token_id: token, approval_session_id: token }, agree: (buyer) => approveSetup(setup, buyer) };
}

/** What this token asks a buyer to agree to; null when there is nothing, or no more. */
export function approvalOf(sandbox: Sandbox, token: string): Approval | null {
  return orderApproval(sandbox, token) ?? setupApproval(sandbox, token);
}

/** The address at which the seller's page goes on; null where the seller named none. */
export function returnAddress({ returnUrl, cancelUrl, answer }: Approval, buyer: BuyerName | null): string | null {
  const address = buyer ? returnUrl : cancelUrl;
  if (!address) return null;
  const url = new URL(address);
  for (const [name, value] of Object.entries({ ...answer, ...(buyer && { PayerID: buyers[buyer].id }) })) url.searchParams.set(name, value);
  return url.href;
}
