import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { getAddon } from '../../catalog/addons/list-addons';
import { requireFeature } from '../../catalog/list-features';
import { issueInvoice, taxOf } from '../../invoices/issue-invoice';
import { noTax } from '../../invoices/tax';
import { totalsOf, type TotalledLines } from '../../invoices/totals';
import { auditView } from '../../subscriptions/audit-view';
import { inNextPeriod } from '../../subscriptions/charges';
import { requireSubscription } from '../../subscriptions/get-subscription';
import type { SubscriptionItem } from '../../subscriptions/items';
import { updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { ChangedPlan } from '../change-plan/change-plan';
import { momentOf } from '../change-plan/load';
import { requestPayment } from '../collect-payment/request-payment';
import { planFee } from '../plan-lines';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decideItemChange, type ItemChange } from './decide';

/** A quantity asked for: of the units of a feature, or of an add-on. */
export interface WantedQuantity {
  item: { feature: string } | { addon: string };
  quantity: bigint;
  /** The moment a preview was made for: the charge is then counted to that moment, so that it equals the preview. */
  prorationAt?: Date | undefined;
}

export interface ConfirmedQuantity extends WantedQuantity {
  /** The total that the customer saw in minor units; another amount is not charged. */
  expectedTotalMinor?: bigint | undefined;
}

export interface ItemChangePreview {
  change: ItemChange;
  /** What is due at once, with tax. */
  due: TotalledLines;
  /** The next regular invoice as far as it is known, without usage. */
  next: { at: Date; totals: TotalledLines };
}

async function soldAs(item: WantedQuantity['item'], { items }: Subscription): Promise<SubscriptionItem['sold']> {
  if ('feature' in item) return { kind: 'units', feature: await requireFeature(item.feature) };
  // What is held stays on the version that was sold, also when the add-on is no longer on offer.
  const held = items.find(({ sold }) => sold.kind === 'addon' && sold.addon.key === item.addon);
  return held?.sold ?? { kind: 'addon', addon: await getAddon(item.addon) };
}

async function load(context: Context, { item, quantity, prorationAt }: WantedQuantity): Promise<ItemChange> {
  const subscription = await requireSubscription(context);
  const sold = await soldAs(item, subscription);
  return decideItemChange({ subscription, wanted: { sold, quantity }, at: momentOf(prorationAt, subscription, context.clock.now()) });
}

/** What the period after the current one costs in advance, by what is known now: a plan that waits included. */
export async function nextRegular(context: Context, subscription: Subscription): Promise<ItemChangePreview['next']> {
  const next = inNextPeriod(subscription);
  const totals = totalsOf(planFee(next, next.currentPeriod), await taxOf(database(), context.accountId), next.price.currency);
  return { at: next.currentPeriod.start, totals };
}

/**
 * What another quantity would do and cost now. Confirm it with its `change.effectiveAt` as `prorationAt` and its
 * `due.totalMinor` as `expectedTotalMinor`. Throws what `changeQuantity` throws.
 */
export function previewQuantity(context: Context, wanted: WantedQuantity): Promise<ItemChangePreview> {
  return inTransaction(async (transaction) => {
    await renewUntilCurrent(context);
    const change = await load(context, wanted);
    const tax = change.invoice ? await taxOf(transaction, context.accountId) : noTax;
    const due = totalsOf(change.invoice?.lines ?? [], tax, change.before.price.currency);
    return { change, due, next: await nextRegular(context, change.after) };
  });
}

/**
 * Changes a quantity: more at once, with the invoice of its share of the period; less when the next period begins.
 * Throws `no_subscription`, `unknown_feature`, `unknown_addon`, `quantity_not_sold`, `addon_not_offered`, `same_quantity`,
 * `invalid_transition`, and `preview_outdated` when the charge would not be what the customer saw.
 */
export function changeQuantity(context: Context, confirmed: ConfirmedQuantity): Promise<ChangedPlan> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const { before, after, takesEffect, invoice: draft } = await load(context, confirmed);
    const subscription = { ...after, updatedAt: context.clock.now() };
    await updateSubscription(transaction, subscription);
    await recordAudit(transaction, context, {
      action: takesEffect === 'now' ? 'subscription.quantity_changed' : 'subscription.quantity_scheduled',
      subject: subscription.id,
      before: auditView(before),
      after: auditView(subscription),
    });
    const invoice = draft && (await issueInvoice(transaction, context, draft));
    if (confirmed.expectedTotalMinor !== undefined && (invoice?.totalMinor ?? 0n) !== confirmed.expectedTotalMinor) {
      throw new DomainError('preview_outdated'); // Undoes the transaction: nothing is charged.
    }
    if (invoice) await requestPayment(transaction, context, invoice);
    return { subscription, invoice };
  });
}
