import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { listPlans } from '../../catalog/list-plans';
import { chargeOf, chargeTermsOf } from '../../invoices/charge-terms';
import type { TotalledLines } from '../../invoices/totals';
import { bill } from '../collect-payment/bill';
import { auditView } from '../../subscriptions/audit-view';
import { resumeSubscription as undoScheduled } from '../../subscriptions/cancel-subscription';
import { findFallback } from '../../subscriptions/find-offer';
import { requireChangeable } from '../../subscriptions/get-subscription';
import { readBillingTerms, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import { nextRegular } from '../change-items/change-items';
import { closingUsage } from '../closing-usage';
import { offerQuote } from '../quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from '../quotes/quote';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decidePause, decideResumption, type Resumption, type WantedPause } from './decide';

/**
 * Pauses the subscription: nothing is charged and the products cannot be used until it is resumed.
 * Throws `no_subscription`, `invalid_request`, and `invalid_transition` for a state that cannot be paused, while a change
 * is scheduled, and for the plan that costs nothing.
 */
export function pauseSubscription(context: Context, wanted: WantedPause): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const before = await requireChangeable(context);
    if (findFallback(await listPlans(context), before.price.currency)?.plan.key === before.plan.key) {
      throw new DomainError('invalid_transition', 'This plan costs nothing, so there is nothing to pause.');
    }
    const after = decidePause(before, wanted, context.clock.now());
    await updateSubscription(transaction, after);
    await recordAudit(transaction, context, { action: 'subscription.paused', subject: after.id, before: auditView(before), after: auditView(after) });
    return after;
  });
}

/** How the pause ends at the moment, or at the date that was set for it where that has come already. */
async function load(context: Context, subscription: Subscription, moment: Date): Promise<Resumption> {
  const at = subscription.resumesAt && subscription.resumesAt < moment ? subscription.resumesAt : moment;
  const { timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
  const usage = await closingUsage(subscription, context.clock.now(), { leaving: true });
  return decideResumption({ subscription, timeZone, at, proration: { unit: prorationUnit, timeZone }, closingUsage: usage });
}

/** Ends the pause as decided. Lock the account first. */
async function apply(context: Context, { before, after, invoice }: Resumption): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    const subscription = { ...after, updatedAt: context.clock.now() };
    await updateSubscription(transaction, subscription);
    await recordAudit(transaction, context, { action: 'subscription.pause_ended', subject: after.id, before: auditView(before), after: auditView(after) });
    return { subscription, invoice: invoice && (await bill(transaction, context, invoice)), creditNotes: [] };
  });
}

/** What the end of a pause would do and charge. */
export interface ResumptionPreview {
  resumption: Resumption;
  /** What is due at once, with tax. */
  due: TotalledLines;
  next: { at: Date; totals: TotalledLines };
}

async function withTotals(context: Context, resumption: Resumption): Promise<ResumptionPreview> {
  const { after, invoice } = resumption;
  const { totals: due, left } = chargeOf(invoice?.lines ?? [], await chargeTermsOf(context, after.price.currency), context.clock.now());
  return { resumption, due, next: nextRegular(after, left) };
}

const quotedOf = ({ resumption: { after }, due, next }: ResumptionPreview) => ({ after: auditView(after), due, next });

/**
 * What ending the pause now would do and charge. Confirm it by its quote within 15 minutes. Throws `no_subscription`, and
 * `invalid_transition` unless paused.
 */
export function previewResumption(context: Context): Promise<ResumptionPreview & { quote: OfferedQuote }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireChangeable(context);
    const moment = context.clock.now();
    const preview = await withTotals(context, await load(context, subscription, moment));
    const quote = await offerQuote(context, { kind: 'resumption', subscriptionId: subscription.id, request: {}, decision: quotedOf(preview), moment });
    return { ...preview, quote };
  });
}

/** Ends the pause as the quote says: decided anew for its moment, and refused unless it is the same to the last line. */
export function confirmResumption(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async () => {
    const resumption = await load(context, await requireChangeable(context), quote.moment);
    if (!isAsQuoted(quote, quotedOf(await withTotals(context, resumption)))) throw new DomainError('preview_outdated');
    return apply(context, resumption);
  });
}

/**
 * Ends a pause, or else undoes what waits for the period end. Throws `no_subscription`, and `invalid_transition` when
 * there is nothing of either.
 */
export function resumeSubscription(context: Context): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireChangeable(context);
    if (subscription.status !== 'paused') return undoScheduled(context);
    return (await apply(context, await load(context, subscription, context.clock.now()))).subscription;
  });
}

/** Ends the pause when its date has come. Returns whether it did; whoever comes second finds nothing to do. */
export function resumeWhenDue(context: Context): Promise<boolean> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireChangeable(context);
    if (subscription.status !== 'paused' || !subscription.resumesAt || subscription.resumesAt > context.clock.now()) return false;
    await apply(context, await load(context, subscription, context.clock.now()));
    return true;
  });
}
