import { z } from 'zod';
import { planDto, priceDto } from '../catalog/schema';
import { isActive, subscriptionStatuses, type Subscription } from './subscription';

const periodDto = z.object({ start: z.date(), end: z.date().describe('Exclusive.') });
const offerDto = z.object({ plan: planDto, price: priceDto });

export const subscriptionDto = z.object({
  id: z.string(),
  status: z.enum(subscriptionStatuses),
  active: z.boolean().describe('Whether the products may be used: yes in the states trialing, active and past_due.'),
  plan: planDto.describe('The plan in the version that was sold.'),
  price: priceDto,
  anchorAt: z.date().describe('The moment whose day and time every billing period keeps.'),
  currentPeriod: periodDto,
  cancelAtPeriodEnd: z.boolean(),
  pendingPrice: offerDto.nullable().describe('What the subscription moves to when its period ends.'),
  startedAt: z.date(),
  canceledAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});

/** A subscription as the API answers it. */
export function subscriptionView(subscription: Subscription): z.input<typeof subscriptionDto> {
  return { ...subscription, active: isActive(subscription) };
}
