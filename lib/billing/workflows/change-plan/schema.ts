import { z } from 'zod';
import { featureDto, localized, planDto, priceDto, rateLimitDto, resetDto } from '../../catalog/schema';
import { lineKinds, type DraftLine } from '../../invoices/invoice';
import { subscriptionDto, subscriptionView } from '../../subscriptions/schema';
import type { ChangedPlan } from './change-plan';
import type { PlanChangePreview } from './preview';

const minor = z.bigint().describe('Minor units of the currency.');

export const lineDto = z.object({
  kind: z.enum(lineKinds),
  description: localized,
  quantity: z.bigint(),
  unitAmount: z.string().describe('Exact, in major units.'),
  amountMinor: minor,
  period: z.object({ start: z.date(), end: z.date() }).nullable(),
});

export const totalsDto = z.object({ lines: z.array(lineDto), subtotalMinor: minor, taxMinor: minor, totalMinor: minor });

export const changePreviewDto = z.object({
  direction: z.enum(['upgrade', 'downgrade']),
  effectiveAt: z.date().describe('Now for an upgrade: send it back as prorationAt. The period end for a downgrade.'),
  from: z.object({ plan: planDto, price: priceDto }),
  to: z.object({ plan: planDto, price: priceDto }),
  currency: z.string(),
  due: totalsDto.describe('What is charged at once.'),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice, without usage.'),
  shrinking: z
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
    .describe('What the plan moved to grants less of. A quantity of null is unlimited.'),
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

export const lineView = (line: DraftLine) => ({ ...line, period: line.period ?? null });

/** A preview as the API answers it. */
export function previewView({ change, due, next, shrinking }: PlanChangePreview): z.input<typeof changePreviewDto> {
  return {
    direction: change.direction,
    effectiveAt: change.effectiveAt,
    from: { plan: change.before.plan, price: change.before.price },
    to: change.next.offer,
    currency: change.before.price.currency,
    due: { ...due, lines: due.lines.map(lineView) },
    next: { ...next.totals, lines: next.totals.lines.map(lineView), at: next.at },
    shrinking,
    undoes: change.undoes,
  };
}

/** The result of a change as the API answers it. */
export function changedPlanView({ subscription, invoice }: ChangedPlan): z.input<typeof changedPlanDto> {
  return { subscription: subscriptionView(subscription), invoice };
}
