import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { chargeOf, chargeTermsOf } from '../../invoices/charge-terms';
import type { TotalledLines } from '../../invoices/totals';
import { auditView } from '../../subscriptions/audit-view';
import { inNextPeriod } from '../../subscriptions/charges';
import { getSubscription } from '../../subscriptions/get-subscription';
import { isManaged } from '../../subscriptions/subscription';
import { paysFirst } from '../pay-first/pays-first';
import { planFee } from '../plan-lines';
import { offerQuote } from '../quotes/offer-quote';
import type { OfferedQuote } from '../quotes/quote';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decidePlanChange, type PlanChange } from './decide';
import { decideFirstPlan } from './first-plan';
import { factsAt, loadFirstPlan, type WantedPlan } from './load';
import { shrinkingLimits, type LimitChange } from './limits';

/** What a customer is shown before confirming a change of plan. */
export interface PlanChangePreview {
  change: PlanChange;
  /** What is due at once, with tax and less the credit that pays a part; zero for a downgrade. */
  due: TotalledLines;
  /** The next regular invoice as far as it is known: the plan's price with tax, without usage. */
  next: { at: Date; totals: TotalledLines };
  /** Limits that become smaller. */
  shrinking: LimitChange[];
}

/** A preview that may be confirmed by the id of its quote. */
export interface QuotedPlanChange extends PlanChangePreview {
  quote: OfferedQuote;
  /** Whether it happens when what is due has been paid, and not before. */
  paidFirst: boolean;
}

/** The change with its totals, in the currency of the subscription. */
export async function withTotals(context: Context, change: PlanChange): Promise<PlanChangePreview> {
  const { totals: due, left } = chargeOf(change.invoice?.lines ?? [], await chargeTermsOf(context, change.after.price.currency), context.clock.now());
  const next = inNextPeriod(change.after);
  return {
    change,
    due,
    next: { at: change.next.at, totals: chargeOf(planFee(next, next.currentPeriod), left, change.next.at).totals },
    shrinking: change.before ? shrinkingLimits(change.before.plan, change.next.offer.plan) : [],
  };
}

/** All of a preview that a confirmation has to bear out. */
export function quotedOf({ change, due, next }: PlanChangePreview) {
  const { direction, effectiveAt, after } = change;
  return { direction, effectiveAt, after: auditView(after), due, next };
}

/**
 * What a change of plan would do and cost now; of an account that has none, what beginning with the plan would. A period that
 * is over is renewed first, as it would be anyway.
 * Confirm it by its quote within 15 minutes. Throws what `changePlan` throws.
 */
export function previewPlanChange(context: Context, wanted: WantedPlan): Promise<QuotedPlanChange> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const moment = context.clock.now();
    const change = await decideAt(context, wanted, moment);
    const preview = await withTotals(context, change);
    const { plan, price } = change.next.offer;
    const request = { planKey: plan.key, interval: price.interval, intervalCount: price.intervalCount, ...(wanted.coupon !== undefined && { coupon: wanted.coupon }) };
    const quote = await offerQuote(context, { kind: 'plan_change', subscriptionId: change.after.id, request, decision: quotedOf(preview), moment });
    const paidFirst = await paysFirst(transaction, context, preview.due.totalMinor, change.after.price.currency);
    return { ...preview, quote, paidFirst };
  });
}

async function decideAt(context: Context, wanted: WantedPlan, moment: Date): Promise<PlanChange> {
  const running = await getSubscription(context);
  if (!running) return decideFirstPlan(await loadFirstPlan(context, wanted, { subscriptionId: newId('sub'), at: moment }));
  if (isManaged(running)) throw new DomainError('managed_by_gateway');
  return decidePlanChange(await factsAt(context, wanted, running, moment));
}
