import { z } from 'zod';
import type { AppliedCoupon } from '../catalog/coupons/coupon';
import { localized, planDto, priceDto } from '../catalog/schema';
import type { SubscriptionItem } from './items';
import { billingAlignments, cancellationCauses, isActive, pauseRests, subscriptionStatuses, type Subscription } from './subscription';

const periodDto = z.object({ start: z.date(), end: z.date().describe('Exclusive.') });
const offerDto = z.object({ plan: planDto, price: priceDto });

export const itemDto = z.object({
  kind: z.enum(['units', 'addon']).describe('`units`: units that are sold with the plan, such as seats.'),
  key: z.string().describe('Of the feature or the add-on.'),
  name: localized,
  quantity: z.bigint().describe('Of units all told, with those that the plan includes.'),
  pendingQuantity: z.bigint().nullable().describe('What it falls to when the next period begins. Null: it stays.'),
});

export const appliedCouponDto = z.object({
  code: z.string(),
  name: localized,
  percentage: z.string().nullable(),
  amounts: z.record(z.string(), z.bigint()).describe('Minor units by currency.'),
  redeemedAt: z.date(),
  cyclesUsed: z.number().int().describe('Periods that it has counted for.'),
  cyclesLeft: z.number().int().nullable().describe('Periods that it will still count for. Null: all to come.'),
  removedAt: z.date().nullable().describe('When it was taken off: it counts for no period that begins later.'),
});

export const subscriptionDto = z.object({
  id: z.string(),
  status: z.enum(subscriptionStatuses),
  active: z.boolean().describe('Whether the products may be used: yes in the states trialing, active and past_due.'),
  plan: planDto.describe('The plan in the version that was sold.'),
  price: priceDto,
  anchorAt: z.date().describe('The moment whose day and time every billing period keeps.'),
  currentPeriod: periodDto,
  alignment: z.enum(billingAlignments).describe('`calendar`: periods begin on the first day of a month.'),
  cancelAtPeriodEnd: z.boolean(),
  pendingPrice: offerDto.nullable().describe('What the subscription moves to when its period ends.'),
  startedAt: z.date(),
  canceledAt: z.date().nullable(),
  cancellationCause: z.enum(cancellationCauses).nullable().describe('Why it is or was cancelled, of the causes offered.'),
  cancellationReason: z.string().describe('The same in the customer’s words.'),
  pausedAt: z.date().nullable(),
  resumesAt: z.date().nullable().describe('When a pause ends by itself.'),
  pauseRest: z.enum(pauseRests).nullable().describe('`kept`: the pause moves the end of the period.'),
  endedAt: z.date().nullable(),
  trialEndAt: z.date().nullable().describe('When its trial ends or ended. Null: it had none.'),
  managedBy: z.string().describe('Who renews and bills it: `portal`, or the payment provider by its name. What a provider renews can be cancelled and resumed, and changed in no other way.'),
  items: z.array(itemDto).describe('What it holds beside the plan: units such as seats, and add-ons.'),
  coupon: appliedCouponDto.nullable().describe('The coupon that was redeemed last.'),
});

function itemView({ sold, quantity, pendingQuantity }: SubscriptionItem): z.input<typeof itemDto> {
  const { key, name } = sold.kind === 'units' ? sold.feature : sold.addon;
  return { kind: sold.kind, key, name, quantity, pendingQuantity };
}

/** A coupon that was redeemed as the API answers it. */
export function appliedCouponView({ coupon, redeemedAt, cyclesUsed, removedAt }: AppliedCoupon): z.input<typeof appliedCouponDto> {
  const { code, name, percentage, amounts, cycles } = coupon;
  const left = cycles === null ? null : cycles - cyclesUsed;
  return { code, name, percentage, amounts, redeemedAt, cyclesUsed, cyclesLeft: removedAt ? 0 : left, removedAt };
}

/** A subscription as the API answers it. */
export function subscriptionView(subscription: Subscription): z.input<typeof subscriptionDto> {
  const { items, coupon } = subscription;
  return {
    ...subscription,
    active: isActive(subscription),
    items: items.filter(({ quantity }) => quantity > 0n).map(itemView),
    coupon: coupon && appliedCouponView(coupon),
  };
}
