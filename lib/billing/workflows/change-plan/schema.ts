import { z } from 'zod';
import { featureDto, localized, planDto, priceDto, rateLimitDto, resetDto } from '../../catalog/schema';
import { lineKinds, type DraftLine } from '../../invoices/invoice';
import { creditNoteSummaryDto } from '../../invoices/credit-notes/schema';
import type { TotalledLines } from '../../invoices/totals';
import type { Confirmed } from '../quotes/quote';
import { appliedCouponDto, appliedCouponView, subscriptionDto, subscriptionView } from '../../subscriptions/schema';
import type { ChangedPlan } from './change-plan';
import type { QuotedPlanChange } from './preview';

const minor = z.bigint().describe('Minor units of the currency.');

export const lineDto = z.object({
  kind: z.enum(lineKinds),
  description: localized,
  quantity: z.bigint(),
  unitAmount: z.string().describe('Exact, in major units.'),
  amountMinor: minor,
  period: z.object({ start: z.date(), end: z.date() }).nullable(),
});

/** A charge as a preview shows it, line by line. */
export const totalsDto = z.object({ lines: z.array(lineDto), subtotalMinor: minor, taxMinor: minor, creditMinor: minor.describe('Prepaid credit that pays a part.'), totalMinor: minor });

export const quoteDto = z
  .object({ id: z.string(), expiresAt: z.date() })
  .describe('Confirm it by its id until then: exactly this is charged, or the confirmation is refused with preview_outdated.');

export const shrinkingDto = z
  .array(
    z.object({
      feature: featureDto,
      before: z.bigint().nullable(),
      after: z.bigint().nullable(),
      window: rateLimitDto.shape.window.nullable().describe('The stretch of time that both are for, where it is a limit of pace.'),
      resets: z.object({ before: resetDto, after: resetDto }).nullable().describe('What each is for, where that is not the same.'),
      removed: z.array(z.string()),
    }),
  )
  .describe('What the plan moved to grants less of. A quantity of null is unlimited.');

export const changePreviewDto = z.object({
  quote: quoteDto,
  direction: z.enum(['begin', 'upgrade', 'downgrade']).describe('`begin`: the account has no subscription yet.'),
  effectiveAt: z.date().describe('Now for an upgrade: send it back as prorationAt. The period end for a downgrade.'),
  from: z.object({ plan: planDto, price: priceDto }).nullable().describe('Null: the account has no subscription yet.'),
  to: z.object({ plan: planDto, price: priceDto }),
  coupon: appliedCouponDto.nullable().describe('The coupon that is redeemed with it.'),
  currency: z.string(),
  due: totalsDto.describe('What is charged at once.'),
  paidFirst: z.boolean().describe('Whether the change happens when what is due has been paid, and not before.'),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice, without usage.'),
  shrinking: shrinkingDto,
  undoes: z.enum(['cancellation', 'downgrade']).nullable().describe('What was scheduled and no longer happens.'),
});

export const changedPlanDto = z.object({
  subscription: subscriptionDto,
  invoice: z
    .object({
      id: z.string(),
      number: z.string().nullable(),
      status: z.string(),
      currency: z.string(),
      subtotalMinor: minor,
      taxMinor: minor,
      totalMinor: minor,
      dueAt: z.date().nullable(),
    })
    .nullable()
    .describe('What was charged; null when nothing was.'),
});

/** What a confirmed quote made. */
export const outcomeDto = changedPlanDto.extend({
  subscription: subscriptionDto.nullable().describe('As it is now. Null: the first plan of the account waits for its payment.'),
  creditNotes: z.array(creditNoteSummaryDto).describe('What was given back.'),
  awaitsPaymentUntil: z.date().nullable().describe('Set: the subscription changes once the invoice is paid, which it may be until then. Null: it has changed.'),
});

export const lineView = (line: DraftLine) => ({ ...line, period: line.period ?? null });

/** A charge as the API answers it. */
export const totalsView = (totals: TotalledLines) => ({ ...totals, lines: totals.lines.map(lineView) });

/** A preview as the API answers it. */
export function previewView({ change, due, next, shrinking, quote, paidFirst }: QuotedPlanChange): z.input<typeof changePreviewDto> {
  return {
    quote,
    direction: change.direction,
    effectiveAt: change.effectiveAt,
    from: change.before && { plan: change.before.plan, price: change.before.price },
    to: change.next.offer,
    coupon: change.redeems ? appliedCouponView(change.redeems) : null,
    currency: change.after.price.currency,
    due: totalsView(due),
    paidFirst,
    next: { ...totalsView(next.totals), at: next.at },
    shrinking,
    undoes: change.undoes,
  };
}

/** The result of a change as the API answers it. */
export function changedPlanView({ subscription, invoice }: ChangedPlan): z.input<typeof changedPlanDto> {
  return { subscription: subscriptionView(subscription), invoice };
}

/** What a confirmed quote made as the API answers it. */
export function outcomeView({ subscription, invoice, creditNotes, awaitsPaymentUntil = null }: Confirmed): z.input<typeof outcomeDto> {
  return { subscription: subscription && subscriptionView(subscription), invoice, creditNotes: [...creditNotes], awaitsPaymentUntil };
}
