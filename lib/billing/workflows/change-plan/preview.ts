import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { noTax } from '../../invoices/tax';
import { taxOf } from '../../invoices/issue-invoice';
import { totalsOf, type TotalledLines } from '../../invoices/totals';
import { inNextPeriod } from '../../subscriptions/charges';
import { planFee } from '../plan-lines';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decidePlanChange, type PlanChange } from './decide';
import { loadPlanChange, type WantedPlan } from './load';
import { shrinkingLimits, type LimitChange } from './limits';

/** What a customer is shown before confirming a change of plan. */
export interface PlanChangePreview {
  change: PlanChange;
  /** What is due at once, with tax; zero for a downgrade. */
  due: TotalledLines;
  /** The next regular invoice as far as it is known: the plan's price with tax, without usage. */
  next: { at: Date; totals: TotalledLines };
  /** Limits that become smaller. */
  shrinking: LimitChange[];
}

/** The change with its totals, in the currency of the subscription. */
export async function withTotals(context: Context, change: PlanChange): Promise<PlanChangePreview> {
  const currency = change.before.price.currency;
  const tax = await taxOf(database(), context.accountId);
  const next = inNextPeriod(change.after);
  return {
    change,
    due: totalsOf(change.invoice?.lines ?? [], change.invoice ? tax : noTax, currency),
    next: { at: change.next.at, totals: totalsOf(planFee(next, next.currentPeriod), tax, currency) },
    shrinking: shrinkingLimits(change.before.plan, change.next.offer.plan),
  };
}

/**
 * What a change of plan would do and cost now. A period that is over is renewed first, as it would be anyway.
 * Confirm it with its `change.effectiveAt` as `prorationAt` and its
 * `due.totalMinor` as `expectedTotalMinor`. Throws what `changePlan` throws.
 */
export function previewPlanChange(context: Context, wanted: WantedPlan): Promise<PlanChangePreview> {
  return inTransaction(async () => {
    await renewUntilCurrent(context);
    return withTotals(context, decidePlanChange(await loadPlanChange(context, wanted)));
  });
}
