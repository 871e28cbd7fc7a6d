import type { Database, Prisma } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { addonFrom } from '../catalog/addons/store';
import { countsFor } from '../catalog/coupons/coupon';
import { appliedFrom, updateRedemption } from '../catalog/coupons/store';
import { readCatalogNow, type CatalogNow } from '../catalog/remembered-catalog';
import { featureFrom } from '../catalog/store';
import type { SubscriptionItem } from './items';
import type { ProrationUnit } from './proration';
import { runningStatuses, type Offer, type Subscription } from './subscription';

const withItems = {
  items: { where: { quantity: { gt: 0 } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: { feature: true, addonVersion: { include: { addon: true } } } },
  redemptions: { orderBy: [{ redeemedAt: 'desc' }, { id: 'desc' }], include: { coupon: true } },
} satisfies Prisma.SubscriptionInclude;
type Row = Prisma.SubscriptionGetPayload<{ include: typeof withItems }>;

function itemFrom({ id, quantity, pendingQuantity, chargedQuantity, createdAt, feature, addonVersion }: Row['items'][number]): SubscriptionItem {
  const held = { id, quantity, pendingQuantity, chargedQuantity, createdAt };
  if (feature) return { ...held, sold: { kind: 'units', feature: featureFrom(feature) } };
  if (addonVersion) return { ...held, sold: { kind: 'addon', addon: addonFrom(addonVersion) } };
  throw new Error(`The item ${id} names nothing.`);
}

function subscriptionFrom({ currentPeriodStart, currentPeriodEnd, priceId, pendingPriceId, revision: _, managedAskedAt: __, managedToldAt: ___, managedMethod: ____, items, redemptions, ...row }: Row, { offers }: CatalogNow): Subscription {
  const offerOf = (id: string): Offer => {
    const offer = offers.get(id);
    if (!offer) throw new Error(`The sold price ${id} is gone.`);
    return offer;
  };
  const [newest, ...earlier] = redemptions.map(appliedFrom);
  const counting = earlier.find((one) => countsFor(one, currentPeriodStart));
  return {
    ...row,
    ...offerOf(priceId),
    currentPeriod: { start: currentPeriodStart, end: currentPeriodEnd },
    pendingPrice: pendingPriceId === null ? null : offerOf(pendingPriceId),
    items: items.map(itemFrom),
    coupon: newest ?? null,
    ...(counting && { formerCoupon: counting }),
  };
}

/** The subscriptions of the rows in their order, and what the catalog says now. */
async function withCatalog(db: Database, rows: readonly Row[]): Promise<{ subscriptions: Subscription[]; catalog: CatalogNow }> {
  const priceIds = rows.flatMap(({ priceId, pendingPriceId }) => (pendingPriceId === null ? [priceId] : [priceId, pendingPriceId]));
  const catalog = await readCatalogNow(db, [...new Set(priceIds)]);
  return { subscriptions: rows.map((row) => subscriptionFrom(row, catalog)), catalog };
}

/** Of each of the accounts that has one the subscription that has not ended, by account, and the features of the catalog. */
export async function readRunningOf(db: Database, accountIds: readonly string[]): Promise<{ subscriptions: Map<string, Subscription>; features: CatalogNow['features'] }> {
  const rows = await db.subscription.findMany({ where: { accountId: { in: [...accountIds] }, status: { in: [...runningStatuses] } }, include: withItems });
  const { subscriptions, catalog } = await withCatalog(db, rows);
  return { subscriptions: new Map(subscriptions.map((one) => [one.accountId, one])), features: catalog.features };
}

/** The account's subscription that has not ended, or null. */
export async function readRunning(db: Database, accountId: string): Promise<Subscription | null> {
  return (await readRunningOf(db, [accountId])).subscriptions.get(accountId) ?? null;
}

/** Every subscription the account ever had, newest first. */
export async function readHistory(db: Database, accountId: string, skip: number, take: number): Promise<{ items: Subscription[]; total: number }> {
  const [rows, total] = [
    await db.subscription.findMany({ where: { accountId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip, take, include: withItems }),
    await db.subscription.count({ where: { accountId } }),
  ];
  return { items: (await withCatalog(db, rows)).subscriptions, total };
}

/** What of the account decides its prices and the borders of its periods. Throws `not_found`. */
export async function readBillingTerms(db: Database, accountId: string): Promise<{ currency: string; timeZone: string; prorationUnit: ProrationUnit }> {
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { currency: true, timeZone: true, seller: { select: { prorationUnit: true } } },
  });
  if (!account) throw new DomainError('not_found', 'No such account.');
  return { currency: account.currency, timeZone: account.timeZone, prorationUnit: account.seller.prorationUnit };
}

/** Sets by what the account's seller counts the rest of a period. Returns the seller's id and what it was. */
export async function writeProrationUnit(db: Database, accountId: string, unit: ProrationUnit): Promise<{ sellerId: string; before: ProrationUnit }> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { id: true, prorationUnit: true } } } });
  await db.seller.update({ where: { id: seller.id }, data: { prorationUnit: unit } });
  return { sellerId: seller.id, before: seller.prorationUnit };
}

function columns(subscription: Subscription) {
  return {
    priceId: subscription.price.id,
    status: subscription.status,
    anchorAt: subscription.anchorAt,
    periodIndex: subscription.periodIndex,
    currentPeriodStart: subscription.currentPeriod.start,
    currentPeriodEnd: subscription.currentPeriod.end,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    pendingPriceId: subscription.pendingPrice?.price.id ?? null,
    alignment: subscription.alignment,
    pricedFrom: subscription.pricedFrom,
    startedAt: subscription.startedAt,
    canceledAt: subscription.canceledAt,
    cancellationCause: subscription.cancellationCause,
    cancellationReason: subscription.cancellationReason,
    pausedAt: subscription.pausedAt,
    resumesAt: subscription.resumesAt,
    pauseRest: subscription.pauseRest,
    endedAt: subscription.endedAt,
    trialEndAt: subscription.trialEndAt,
    managedBy: subscription.managedBy,
    managedReference: subscription.managedReference,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
  };
}

export async function insertSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.create({ data: { id: subscription.id, accountId: subscription.accountId, ...columns(subscription) } });
}

/** Writes the subscription with what it holds and how far its coupon has counted. An item once held stays, with a quantity of zero. */
export async function updateSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.update({ where: { id: subscription.id }, data: { ...columns(subscription), revision: { increment: 1 } }, select: { id: true } });
  for (const { id, sold, quantity, pendingQuantity, chargedQuantity, createdAt } of subscription.items) {
    const key = sold.kind === 'units' ? { featureKey: sold.feature.key } : { addonVersionId: sold.addon.versionId };
    const change = { quantity, pendingQuantity, chargedQuantity, updatedAt: subscription.updatedAt };
    const changed = await db.subscriptionItem.updateMany({ where: { subscriptionId: subscription.id, ...key }, data: change });
    if (changed.count === 0) await db.subscriptionItem.create({ data: { id, subscriptionId: subscription.id, ...key, ...change, createdAt } });
  }
  if (subscription.coupon) await updateRedemption(db, subscription.coupon);
}

/** How often the subscription has changed: what was decided of an earlier revision may no longer hold. */
export async function readRevision(db: Database, subscriptionId: string): Promise<number> {
  return (await db.subscription.findUnique({ where: { id: subscriptionId }, select: { revision: true } }))?.revision ?? 0;
}

/** A subscription of the account, whether it runs or not. */
export async function readSubscription(db: Database, accountId: string, id: string): Promise<Subscription | null> {
  const rows = await db.subscription.findMany({ where: { id, accountId }, include: withItems });
  return (await withCatalog(db, rows)).subscriptions[0] ?? null;
}

/** Accounts that live by that test clock (null: by real time) whose pause was to end by now, by id from `after` on. */
export async function readAccountsToResume(db: Database, { now, testClockId }: { now: Date; testClockId: string | null }, after: string, take: number): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { status: 'paused', resumesAt: { lte: now }, accountId: { gt: after }, account: { testClockId } },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
    take,
  });
  return rows.map(({ accountId }) => accountId);
}

/** Whether any subscription of the account ever had a trial. */
export async function hasHadTrial(db: Database, accountId: string): Promise<boolean> {
  return (await db.subscription.count({ where: { accountId, trialEndAt: { not: null } } })) > 0;
}

interface SubscribersBehind {
  sellerId: string;
  planKey: string;
  newestVersionId: string;
  after: string;
  take: number;
}

/** Accounts of the seller that the portal bills, run an earlier version of the plan and do not move to the newest one anyway, by id from `after` on. */
export async function readSubscribersBehind(db: Database, { sellerId, planKey, newestVersionId, after, take }: SubscribersBehind): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: {
      accountId: { gt: after },
      account: { sellerId },
      status: { in: [...runningStatuses] },
      managedBy: 'portal',
      price: { planVersion: { plan: { key: planKey }, id: { not: newestVersionId } } },
      OR: [{ pendingPriceId: null }, { pendingPrice: { planVersionId: { not: newestVersionId } } }],
    },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
    take,
  });
  return rows.map(({ accountId }) => accountId);
}
