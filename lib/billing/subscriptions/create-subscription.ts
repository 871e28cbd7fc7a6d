import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { listPlans } from '../catalog/list-plans';
import type { IntervalUnit } from '../time/period';
import { auditView } from './audit-view';
import { findOffer } from './find-offer';
import { beginPeriod } from './charges';
import { firstPeriod } from './next-period';
import { redeem } from './redeem';
import { hasHadTrial, insertSubscription, readBillingTerms, readRunning, updateSubscription } from './store';
import type { BillingAlignment, Offer, Subscription } from './subscription';
import { asTrial } from './trial';

export interface NewSubscription {
  planKey: string;
  interval: IntervalUnit;
  /** 1 unless said. */
  intervalCount?: number;
  /** Begins with the trial of the plan. */
  trial?: boolean;
  /** Code of a coupon that counts from the first paid period. */
  coupon?: string | undefined;
  /** By the anniversary unless said. */
  alignment?: BillingAlignment;
}

/** A subscription that begins at the moment. Pure. */
export function beginSubscription(accountId: string, offer: Offer, timeZone: string, at: Date, alignment: BillingAlignment = 'anniversary'): Subscription {
  return {
    id: newId('sub'),
    accountId,
    status: 'active',
    ...offer,
    ...firstPeriod(offer.price, timeZone, at, alignment),
    alignment,
    cancelAtPeriodEnd: false,
    pendingPrice: null,
    startedAt: at,
    canceledAt: null,
    cancellationCause: null,
    cancellationReason: '',
    pausedAt: null,
    resumesAt: null,
    pauseRest: null,
    endedAt: null,
    trialEndAt: null,
    managedBy: 'portal',
    managedReference: null,
    items: [],
    coupon: null,
    createdAt: at,
    updatedAt: at,
  };
}

/**
 * Begins the account's subscription now, in the account's currency. It charges nothing: `subscribe` of the workflows
 * does this and issues the first invoice. Throws `already_subscribed`, `unknown_plan`, `price_not_offered`; of a trial
 * `trial_not_offered`, `trial_used` and `payment_method_required`; and of a coupon what `redeem` throws.
 */
export function createSubscription(context: Context, input: NewSubscription, hasPaymentMethod = false): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    if (await readRunning(transaction, context.accountId)) throw new DomainError('already_subscribed');
    const terms = await readBillingTerms(transaction, context.accountId);
    const choice = { plan: input.planKey, interval: input.interval, intervalCount: input.intervalCount ?? 1 };
    const offer = findOffer(await listPlans(context), terms.currency, choice);
    const begun = beginSubscription(context.accountId, offer, terms.timeZone, context.clock.now(), input.alignment);
    const hadTrial = input.trial === true && (await hasHadTrial(transaction, context.accountId));
    const inserted = input.trial ? asTrial(begun, terms.timeZone, { hadTrial, hasPaymentMethod }) : begun;
    await insertSubscription(transaction, inserted);
    const coupon = input.coupon === undefined ? null : await redeem(transaction, context, input.coupon, inserted);
    const subscription = beginPeriod({ ...inserted, coupon });
    if (coupon) await updateSubscription(transaction, subscription);
    await recordAudit(transaction, context, { action: 'subscription.created', subject: subscription.id, after: auditView(subscription) });
    return subscription;
  });
}
