import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readNewestVersion } from '../../catalog/store';
import { chargeOf, chargeTermsOf } from '../../invoices/charge-terms';
import { bill } from '../collect-payment/bill';
import type { TotalledLines } from '../../invoices/totals';
import { auditView } from '../../subscriptions/audit-view';
import { findOffer } from '../../subscriptions/find-offer';
import { requireChangeable } from '../../subscriptions/get-subscription';
import { readBillingTerms, updateSubscription } from '../../subscriptions/store';
import { shrinkingLimits, type LimitChange } from '../change-plan/limits';
import { inNextPeriod } from '../../subscriptions/charges';
import { planFee } from '../plan-lines';
import { offerQuote } from '../quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from '../quotes/quote';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decideVersionMove, moveTimes, type MoveTime, type VersionMove } from './decide';

/** What moving to the newest version would do and cost. */
export interface VersionMovePreview {
  move: VersionMove;
  /** What is due at once, with tax. */
  due: TotalledLines;
  /** The next regular invoice, with tax and without usage. */
  next: { at: Date; totals: TotalledLines };
  shrinking: LimitChange[];
}

const request = z.object({ when: z.enum(moveTimes) });

/** The decision by what is stored now. Throws what `decideVersionMove` throws, `no_subscription` and `price_not_offered`. */
async function decide(context: Context, when: MoveTime, at: Date): Promise<VersionMove> {
  const subscription = await requireChangeable(context);
  const newest = found(await readNewestVersion(database(), subscription.plan.key), 'plan');
  const { interval, intervalCount, currency } = subscription.price;
  const wanted = findOffer([newest], currency, { plan: newest.key, interval, intervalCount });
  const { timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
  return decideVersionMove({ subscription, wanted, when, at, proration: { unit: prorationUnit, timeZone } });
}

/** The move with its totals. */
async function withTotals(context: Context, move: VersionMove): Promise<VersionMovePreview> {
  const { before, after, invoice } = move;
  const { totals: due, left } = chargeOf(invoice?.lines ?? [], await chargeTermsOf(context, before.price.currency), context.clock.now());
  const next = inNextPeriod(after);
  const at = before.currentPeriod.end;
  return {
    move,
    due,
    next: { at, totals: chargeOf(planFee(next, next.currentPeriod), left, at).totals },
    shrinking: shrinkingLimits(before.plan, next.plan),
  };
}

function quotedOf({ move: { when, effectiveAt, after }, due, next }: VersionMovePreview) {
  return { when, effectiveAt, after: auditView(after), price: (after.pendingPrice ?? after).price.id, due, next };
}

async function apply(context: Context, { when, before, after, invoice }: VersionMove): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    const subscription = { ...after, updatedAt: context.clock.now() };
    await updateSubscription(transaction, subscription);
    const action = when === 'now' ? 'subscription.version_moved' : 'subscription.version_move_scheduled';
    await recordAudit(transaction, context, { action, subject: after.id, before: auditView(before), after: auditView(subscription) });
    return { subscription, invoice: invoice && (await bill(transaction, context, invoice)), creditNotes: [] };
  });
}

/** What moving to the newest version would cost, without a quote and without changing anything. */
export async function estimateVersionMove(context: Context, when: MoveTime, at = context.clock.now()): Promise<VersionMovePreview> {
  return withTotals(context, await decide(context, when, at));
}

/**
 * What moving the account's subscription to the newest version of its plan would do and cost, at once or at the period
 * end. Confirm it by its quote within 15 minutes. Throws `same_price`, `invalid_transition`, `no_subscription`,
 * `price_not_offered`.
 */
export function previewVersionMove(context: Context, when: MoveTime): Promise<VersionMovePreview & { quote: OfferedQuote }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const moment = context.clock.now();
    const preview = await estimateVersionMove(context, when, moment);
    const quote = await offerQuote(context, { kind: 'version_move', subscriptionId: preview.move.before.id, request: { when }, decision: quotedOf(preview), moment });
    return { ...preview, quote };
  });
}

/** Moves as the quote says: decided anew for its moment, and refused unless it is the same to the last line. */
export function confirmVersionMove(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async () => {
    const preview = await withTotals(context, await decide(context, request.parse(quote.request).when, quote.moment));
    if (!isAsQuoted(quote, quotedOf(preview))) throw new DomainError('preview_outdated');
    return apply(context, preview.move);
  });
}

/** Moves the account's subscription to the newest version of its plan. Throws what its preview throws. */
export function moveToNewestVersion(context: Context, when: MoveTime): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    return apply(context, await decide(context, when, context.clock.now()));
  });
}
