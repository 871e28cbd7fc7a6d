import { buyers, type BuyerName } from './buyers';
import type { Money } from './money';
import { approveOrder, orders } from './objects/order';
import { planMoney, priceOf } from './objects/plan';
import { approveSetup, setupTokens } from './objects/setup-token';
import { planOf, subscriptions } from './objects/subscription';
import { approveSubscription } from './objects/subscription-billing';
import type { Sandbox } from './sandbox';

/** Something that a buyer is asked to agree to. */
export interface Approval {
  kind: 'order' | 'setup' | 'subscription';
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
  const [amount, description] = [unit?.amount ?? null, unit?.description ?? null];
  return { kind: 'order', token, locale, amount, description, returnUrl, cancelUrl, answer: { token }, agree: (buyer) => approveOrder(sandbox, order, buyer) };
}

function setupApproval(sandbox: Sandbox, token: string): Approval | null {
  const setup = setupTokens(sandbox).get(token);
  if (!setup || setup.status === 'VAULTED') return null;
  const { description, returnUrl, cancelUrl, locale } = setup;
  const answer = { token, approval_token_id: token, approval_session_id: token };
  return { kind: 'setup', token, locale, amount: null, description, returnUrl, cancelUrl, answer, agree: (buyer) => approveSetup(setup, buyer) };
}

function subscriptionApproval(sandbox: Sandbox, token: string): Approval | null {
  const subscription = subscriptions(sandbox).where(({ id, agreement }) => id === token || agreement === token)[0];
  if (subscription?.status !== 'APPROVAL_PENDING') return null;
  const plan = planOf(sandbox, subscription);
  const { id, agreement, quantity, returnUrl, cancelUrl, locale } = subscription;
  return {
    kind: 'subscription',
    token,
    locale,
    amount: planMoney(plan, priceOf(plan, plan.cycles.at(-1)!, quantity)),
    description: plan.name,
    returnUrl,
    cancelUrl,
    answer: { subscription_id: id, ba_token: agreement, token: agreement },
    agree: (buyer) => approveSubscription(sandbox, subscription, buyer),
  };
}

/** What this token asks a buyer to agree to; null when there is nothing, or no more. */
export function approvalOf(sandbox: Sandbox, token: string): Approval | null {
  return orderApproval(sandbox, token) ?? setupApproval(sandbox, token) ?? subscriptionApproval(sandbox, token);
}

/** The address at which the seller's page goes on; null where the seller named none. */
export function returnAddress({ returnUrl, cancelUrl, answer }: Approval, buyer: BuyerName | null): string | null {
  const address = buyer ? returnUrl : cancelUrl;
  if (!address) return null;
  const url = new URL(address);
  for (const [name, value] of Object.entries({ ...answer, ...(buyer && { PayerID: buyers[buyer].id }) })) url.searchParams.set(name, value);
  return url.href;
}
