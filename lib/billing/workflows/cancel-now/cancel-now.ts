import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import type { CreditNote } from '../../invoices/credit-notes/credit-note';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { chargeOf, chargeTermsOf } from '../../invoices/charge-terms';
import { bill } from '../collect-payment/bill';
import type { TotalledLines } from '../../invoices/totals';
import { auditView } from '../../subscriptions/audit-view';
import { insertSubscription, updateSubscription } from '../../subscriptions/store';
import { cancellationCauses } from '../../subscriptions/subscription';
import { shrinkingLimits, type LimitChange } from '../change-plan/limits';
import { offerQuote } from '../quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from '../quotes/quote';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decideCancellation, type Cancellation } from './decide';
import { loadCancellation, loadEnd, type WantedCancellation } from './load';

/** What a customer is shown before ending the subscription at once. */
export interface CancellationPreview {
  cancellation: Cancellation;
  /** The final usage with tax. */
  due: TotalledLines;
  /** What is given back in all, in minor units with tax. */
  creditedMinor: bigint;
  shrinking: LimitChange[];
  quote: OfferedQuote;
}

const creditReason = { en: 'Unused time after the subscription was cancelled', zh: '取消订阅后未使用的时间' };
const request = z.object({ credit: z.boolean(), cause: z.enum(cancellationCauses).optional(), reason: z.string() });

async function dueOf(context: Context, { invoice, before }: Cancellation): Promise<TotalledLines> {
  return chargeOf(invoice?.lines ?? [], await chargeTermsOf(context, before.price.currency), context.clock.now()).totals;
}

function quotedOf({ after, successor, credits }: Cancellation, due: TotalledLines) {
  return { after: auditView(after), successor: successor && successor.price.id, credits, due };
}

async function apply(context: Context, { before, after, successor, invoice, credits }: Cancellation): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    const now = context.clock.now();
    await updateSubscription(transaction, { ...after, updatedAt: now });
    await recordAudit(transaction, context, { action: 'subscription.canceled', subject: after.id, before: auditView(before), after: auditView(after) });
    if (successor) {
      await insertSubscription(transaction, { ...successor, createdAt: now, updatedAt: now });
      await recordAudit(transaction, context, { action: 'subscription.created', subject: successor.id, after: auditView(successor) });
    }
    const { language } = await getAccount(context);
    const creditNotes: CreditNote[] = [];
    for (const { invoiceId, wanted } of credits) creditNotes.push(await issueCreditNote(context, { invoiceId, reason: creditReason[language], wanted }));
    return { subscription: { ...after, updatedAt: now }, invoice: invoice && (await bill(transaction, context, invoice)), creditNotes };
  });
}

/**
 * What ending the subscription at once would charge and give back. Confirm it by its quote within 15 minutes.
 * Throws `no_subscription` and `invalid_transition`.
 */
export function previewCancellation(context: Context, wanted: WantedCancellation): Promise<CancellationPreview> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const moment = context.clock.now();
    const cancellation = decideCancellation(await loadCancellation(context, wanted, moment));
    const due = await dueOf(context, cancellation);
    const { before, successor, credits } = cancellation;
    const kept = { credit: wanted.credit ?? false, ...(wanted.cause && { cause: wanted.cause }), reason: wanted.reason ?? '' };
    return {
      cancellation,
      due,
      creditedMinor: credits.reduce((sum, { totalMinor }) => sum + totalMinor, 0n),
      shrinking: successor ? shrinkingLimits(before.plan, successor.plan) : [],
      quote: await offerQuote(context, { kind: 'cancellation', subscriptionId: before.id, request: kept, decision: quotedOf(cancellation, due), moment }),
    };
  });
}

/** Ends the subscription as the quote says: decided anew for its moment, and refused unless it is the same to the last line. */
export function confirmCancellation(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async () => {
    const cancellation = decideCancellation(await loadCancellation(context, request.parse(quote.request), quote.moment));
    if (!isAsQuoted(quote, quotedOf(cancellation, await dueOf(context, cancellation)))) throw new DomainError('preview_outdated');
    return apply(context, cancellation);
  });
}

/**
 * Ends the subscription at once: final usage is charged, the account moves to the free plan, and with `credit` the unused
 * rest is given back by credit notes on the invoices that charged it. The reason is kept.
 * Throws `no_subscription` and `invalid_transition`.
 */
export function cancelNow(context: Context, wanted: WantedCancellation): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    return apply(context, decideCancellation(await loadCancellation(context, wanted, context.clock.now())));
  });
}

/**
 * Ends the subscription at once for another that takes its place, in the transaction under way and under the account's lock: final
 * usage is charged, and the unused rest is given back. Throws `no_subscription` and `managed_by_gateway`.
 */
export async function giveWay(context: Context): Promise<void> {
  await renewUntilCurrent(context);
  await apply(context, { ...decideCancellation(await loadEnd(context, { credit: true }, context.clock.now())), successor: null });
}
