import { z } from 'zod';
import { appliedCouponDto, appliedCouponView, itemDto, subscriptionView } from '../../subscriptions/schema';
import { quoteDto, totalsDto, totalsView } from '../change-plan/schema';
import type { OfferedQuote } from '../quotes/quote';
import type { CouponPreview } from '../redeem-coupon';
import type { ItemChangePreview } from './change-items';

export const itemChangePreviewDto = z.object({
  quote: quoteDto,
  takesEffect: z.enum(['now', 'period_end']),
  effectiveAt: z.date().describe('Where it takes effect now: send it back as prorationAt.'),
  items: z.array(itemDto).describe('What would be held beside the plan.'),
  currency: z.string(),
  due: totalsDto.describe('What is charged at once.'),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice, without usage.'),
});

export const couponPreviewDto = z.object({
  quote: quoteDto,
  coupon: appliedCouponDto,
  currency: z.string(),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice with the coupon, without usage.'),
  totalWithoutMinor: z.bigint().describe('What it would come to without the coupon, in minor units.'),
});

/** A preview of another quantity as the API answers it. */
export function itemPreviewView({ change, due, next, quote }: ItemChangePreview & { quote: OfferedQuote }): z.input<typeof itemChangePreviewDto> {
  const { takesEffect, effectiveAt, after } = change;
  return { quote, takesEffect, effectiveAt, items: subscriptionView(after).items, currency: after.price.currency, due: totalsView(due), next: { ...totalsView(next.totals), at: next.at } };
}

/** A preview of a coupon as the API answers it. */
export function couponPreviewView({ coupon, currency, next, without, quote }: CouponPreview & { quote: OfferedQuote }): z.input<typeof couponPreviewDto> {
  return { quote, coupon: appliedCouponView(coupon), currency, next: { ...totalsView(next.totals), at: next.at }, totalWithoutMinor: without.totalMinor };
}
