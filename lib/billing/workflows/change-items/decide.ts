import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { InvoiceDraft } from '../../invoices/invoice';
import { isSoldWith, unitPriceOf, type SubscriptionItem } from '../../subscriptions/items';
import { bySecond, type ProrationRule } from '../../subscriptions/proration';
import { pricedPeriod, type Subscription } from '../../subscriptions/subscription';
import { changeLines } from '../plan-lines';

/** What is to be held in which quantity: of units all told, with those that the plan includes; of an add-on zero to leave it. */
export interface WantedItem {
  sold: SubscriptionItem['sold'];
  quantity: bigint;
}

/** All that a change of quantity depends on. */
export interface Facts {
  subscription: Subscription;
  wanted: WantedItem;
  /** By what the rest of the period is counted; by the second unless said. */
  proration?: ProrationRule;
  /** The moment up to which what was held counts as used. */
  at: Date;
}

/** A change of quantity as plain data: what the preview shows and `apply` carries out. */
export interface ItemChange {
  /** `now`: it is held at once. `period_end`: it falls when the next period begins. */
  takesEffect: 'now' | 'period_end';
  effectiveAt: Date;
  before: Subscription;
  after: Subscription;
  /** What is charged at once; null when nothing is. */
  invoice: InvoiceDraft | null;
}

function sameThing(one: SubscriptionItem['sold'], other: SubscriptionItem['sold']): boolean {
  if (one.kind === 'units') return other.kind === 'units' && one.feature.key === other.feature.key;
  return other.kind === 'addon' && one.addon.key === other.addon.key;
}

/** What the subscription holds of the thing, or nothing of it yet: of units those that the plan includes. */
function heldItem({ subscription, wanted, at }: Facts): SubscriptionItem {
  const { items, price } = subscription;
  const held = items.find(({ sold, quantity }) => quantity > 0n && sameThing(sold, wanted.sold));
  if (held) return held;
  const { sold } = wanted;
  const quantity = sold.kind === 'units' ? (unitPriceOf(price, sold.feature.key)?.included ?? 0n) : 0n;
  return { id: newId('item'), sold, quantity, pendingQuantity: null, chargedQuantity: null, createdAt: at };
}

function withItem(subscription: Subscription, item: SubscriptionItem): Subscription {
  const others = subscription.items.filter(({ sold }) => !sameThing(sold, item.sold));
  return { ...subscription, items: [...others, item] };
}

/**
 * Decides what another quantity does. More takes effect at once, and its share of the rest of the period is charged;
 * less waits for the period end, and nothing is paid back. Asking for what is held undoes a fall that waits. Pure.
 * Throws `quantity_not_sold` or `addon_not_offered` for what is not sold with the price, `same_quantity`, and
 * `invalid_transition` for a subscription whose state allows no change.
 */
export function decideItemChange(facts: Facts): ItemChange {
  const { subscription, wanted, proration = bySecond, at } = facts;
  const { status, currentPeriod: period } = subscription;
  if (status === 'paused') throw new DomainError('invalid_transition', 'A paused subscription cannot change its quantities.');
  const held = heldItem(facts);
  if (!isSoldWith(held, subscription)) throw new DomainError(held.sold.kind === 'units' ? 'quantity_not_sold' : 'addon_not_offered');
  const changed = { ...subscription, updatedAt: at };

  // The price of the plan includes so many units: fewer cannot be held.
  const included = wanted.sold.kind === 'units' ? (unitPriceOf(subscription.price, wanted.sold.feature.key)?.included ?? 0n) : 0n;
  const quantity = wanted.quantity > included ? wanted.quantity : included;
  if (quantity === held.quantity && held.pendingQuantity === null) throw new DomainError('same_quantity');
  if (quantity < held.quantity) {
    if (held.pendingQuantity === quantity) throw new DomainError('same_quantity');
    const after = withItem(changed, { ...held, pendingQuantity: quantity });
    return { takesEffect: 'period_end', effectiveAt: period.end, before: subscription, after, invoice: null };
  }
  const more = quantity > held.quantity;
  if (more && status === 'past_due') throw new DomainError('invalid_transition', 'Pay the overdue invoice first; then more can be added.');
  const wantedItem = { ...held, quantity, pendingQuantity: null, chargedQuantity: null };
  const costOf = (item: SubscriptionItem) => (status === 'trialing' ? [] : changeLines(subscription, withItem(changed, item), pricedPeriod(subscription), at, proration));
  // Where a larger quantity is cheaper in all, nothing is paid back: the period stays charged by what it was charged by.
  const cheaper = costOf(wantedItem).reduce((sum, { amountMinor }) => sum + amountMinor, 0n) < 0n;
  const item = cheaper ? { ...wantedItem, chargedQuantity: held.chargedQuantity ?? held.quantity } : wantedItem;
  const after = withItem(changed, item);
  const lines = costOf(item);
  const invoice: InvoiceDraft | null = lines.some(({ amountMinor }) => amountMinor !== 0n)
    ? { accountId: subscription.accountId, subscriptionId: subscription.id, reason: 'upgrade', currency: subscription.price.currency, period: { start: at, end: period.end }, lines }
    : null;
  return { takesEffect: 'now', effectiveAt: at, before: subscription, after, invoice };
}
