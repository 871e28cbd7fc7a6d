import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { getAddon } from '../../catalog/addons/list-addons';
import { requireFeature } from '../../catalog/list-features';
import { chargeOf, chargeTermsOf, type ChargeTerms } from '../../invoices/charge-terms';
import type { TotalledLines } from '../../invoices/totals';
import { auditView } from '../../subscriptions/audit-view';
import { inNextPeriod } from '../../subscriptions/charges';
import { requireChangeable } from '../../subscriptions/get-subscription';
import type { SubscriptionItem } from '../../subscriptions/items';
import { readBillingTerms, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { ChangedPlan } from '../change-plan/change-plan';
import { momentOf } from '../change-plan/load';
import { bill } from '../collect-payment/bill';
import { planFee } from '../plan-lines';
import { offerQuote } from '../quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from '../quotes/quote';
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
  const subscription = await requireChangeable(context);
  const sold = await soldAs(item, subscription);
  const { timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
  const at = momentOf(prorationAt, subscription, context.clock.now());
  return decideItemChange({ subscription, wanted: { sold, quantity }, proration: { unit: prorationUnit, timeZone }, at });
}

/** What the period after the current one costs in advance by the terms, by what is known now: a plan that waits included. */
export function nextRegular(subscription: Subscription, terms: ChargeTerms): ItemChangePreview['next'] {
  const next = inNextPeriod(subscription);
  const at = next.currentPeriod.start;
  return { at, totals: chargeOf(planFee(next, next.currentPeriod), terms, at).totals };
}

async function withTotals(context: Context, change: ItemChange): Promise<ItemChangePreview> {
  const { totals: due, left } = chargeOf(change.invoice?.lines ?? [], await chargeTermsOf(context, change.before.price.currency), context.clock.now());
  return { change, due, next: nextRegular(change.after, left) };
}

function quotedOf({ change: { takesEffect, effectiveAt, after }, due, next }: ItemChangePreview) {
  return { takesEffect, effectiveAt, after: auditView(after), due, next };
}

const request = z.object({ item: z.union([z.object({ feature: z.string() }), z.object({ addon: z.string() })]), quantity: z.coerce.bigint() });

/**
 * What another quantity would do and cost now. Confirm it by its quote within 15 minutes. Throws what `changeQuantity` throws.
 */
export function previewQuantity(context: Context, { item, quantity }: WantedQuantity): Promise<ItemChangePreview & { quote: OfferedQuote }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const moment = context.clock.now();
    const preview = await withTotals(context, await load(context, { item, quantity, prorationAt: moment }));
    const quote = await offerQuote(context, {
      kind: 'quantity_change', subscriptionId: preview.change.before.id, request: { item, quantity }, decision: quotedOf(preview), moment,
    });
    return { ...preview, quote };
  });
}

/** Changes the quantity as the quote says: decided anew for its moment, and refused unless it is the same to the last line. */
export function confirmQuantity(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    const change = await load(context, { ...request.parse(quote.request), prorationAt: quote.moment });
    if (!isAsQuoted(quote, quotedOf(await withTotals(context, change)))) throw new DomainError('preview_outdated');
    return { ...(await apply(transaction, context, change)), creditNotes: [] };
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
    const changed = await apply(transaction, context, await load(context, confirmed));
    if (confirmed.expectedTotalMinor !== undefined && (changed.invoice?.totalMinor ?? 0n) !== confirmed.expectedTotalMinor) {
      throw new DomainError('preview_outdated'); // Undoes the transaction: nothing is charged.
    }
    return changed;
  });
}

async function apply(transaction: Database, context: Context, { before, after, takesEffect, invoice: draft }: ItemChange): Promise<ChangedPlan> {
  const subscription = { ...after, updatedAt: context.clock.now() };
  await updateSubscription(transaction, subscription);
  await recordAudit(transaction, context, {
    action: takesEffect === 'now' ? 'subscription.quantity_changed' : 'subscription.quantity_scheduled',
    subject: subscription.id,
    before: auditView(before),
    after: auditView(subscription),
  });
  return { subscription, invoice: draft && (await bill(transaction, context, draft)) };
}
