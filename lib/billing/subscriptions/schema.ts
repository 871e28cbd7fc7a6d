import { z } from 'zod';
import { planDto, priceDto } from '../catalog/schema';
import { billingAlignments, isActive, pauseRests, subscriptionStatuses, type Subscription } from './subscription';

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
  alignment: z.enum(billingAlignments).describe('`calendar`: periods begin on the first day of a month.'),
  cancelAtPeriodEnd: z.boolean(),
  pendingPrice: offerDto.nullable().describe('What the subscription moves to when its period ends.'),
  startedAt: z.date(),
  canceledAt: z.date().nullable(),
  cancellationReason: z.string(),
  pausedAt: z.date().nullable(),
  resumesAt: z.date().nullable().describe('When a pause ends by itself.'),
  pauseRest: z.enum(pauseRests).nullable().describe('`kept`: the pause moves the end of the period.'),
  endedAt: z.date().nullable(),
});

/** A subscription as the API answers it. */
export function subscriptionView(subscription: Subscription): z.input<typeof subscriptionDto> {
  return { ...subscription, active: isActive(subscription) };
}
