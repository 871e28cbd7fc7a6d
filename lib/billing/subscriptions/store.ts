import type { Database, Prisma } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Plan } from '../catalog/catalog';
import { readPlanVersion } from '../catalog/store';
import type { ProrationUnit } from './proration';
import { runningStatuses, type Offer, type Subscription } from './subscription';

const withPrices = { price: true, pendingPrice: true } satisfies Prisma.SubscriptionInclude;
type Row = Prisma.SubscriptionGetPayload<{ include: typeof withPrices }>;

async function subscriptionsFrom(db: Database, rows: Row[]): Promise<Subscription[]> {
  const plans = new Map<string, Plan>();
  const offerOf = async (price: Row['price']): Promise<Offer> => {
    const plan = plans.get(price.planVersionId) ?? (await readPlanVersion(db, price.planVersionId));
    if (!plan) throw new Error(`The plan version ${price.planVersionId} of a sold price is gone.`);
    plans.set(price.planVersionId, plan);
    return { plan, price };
  };
  const subscriptions: Subscription[] = [];
  for (const { currentPeriodStart, currentPeriodEnd, priceId: _, pendingPriceId: __, revision: ___, price, pendingPrice, ...row } of rows) {
    subscriptions.push({
      ...row,
      ...(await offerOf(price)),
      currentPeriod: { start: currentPeriodStart, end: currentPeriodEnd },
      pendingPrice: pendingPrice && (await offerOf(pendingPrice)),
    });
  }
  return subscriptions;
}

/** The account's subscription that has not ended, or null. */
export async function readRunning(db: Database, accountId: string): Promise<Subscription | null> {
  const rows = await db.subscription.findMany({ where: { accountId, status: { in: [...runningStatuses] } }, include: withPrices });
  const [subscription] = await subscriptionsFrom(db, rows);
  return subscription ?? null;
}

/** Every subscription the account ever had, newest first. */
export async function readHistory(db: Database, accountId: string, skip: number, take: number): Promise<{ items: Subscription[]; total: number }> {
  const [rows, total] = [
    await db.subscription.findMany({ where: { accountId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip, take, include: withPrices }),
    await db.subscription.count({ where: { accountId } }),
  ];
  return { items: await subscriptionsFrom(db, rows), total };
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
    cancellationReason: subscription.cancellationReason,
    pausedAt: subscription.pausedAt,
    resumesAt: subscription.resumesAt,
    pauseRest: subscription.pauseRest,
    endedAt: subscription.endedAt,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
  };
}

export async function insertSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.create({ data: { id: subscription.id, accountId: subscription.accountId, ...columns(subscription) } });
}

export async function updateSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.update({ where: { id: subscription.id }, data: { ...columns(subscription), revision: { increment: 1 } } });
}

/** How often the subscription has changed: what was decided of an earlier revision may no longer hold. */
export async function readRevision(db: Database, subscriptionId: string): Promise<number> {
  return (await db.subscription.findUniqueOrThrow({ where: { id: subscriptionId }, select: { revision: true } })).revision;
}

/** A subscription of the account, whether it runs or not. */
export async function readSubscription(db: Database, accountId: string, id: string): Promise<Subscription | null> {
  const rows = await db.subscription.findMany({ where: { id, accountId }, include: withPrices });
  return (await subscriptionsFrom(db, rows))[0] ?? null;
}

/** Accounts whose pause was to end by the moment, by id from `after` on. */
export async function readAccountsToResume(db: Database, now: Date, after: string, take: number): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { status: 'paused', resumesAt: { lte: now }, accountId: { gt: after } },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
    take,
  });
  return rows.map(({ accountId }) => accountId);
}

/** Accounts whose subscription has come to the end of its period, by id from `after` on. */
export async function readDueAccounts(db: Database, now: Date, after: string, take: number): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { status: { in: ['trialing', 'active', 'past_due'] }, currentPeriodEnd: { lte: now }, accountId: { gt: after } },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
    take,
  });
  return rows.map(({ accountId }) => accountId);
}

interface SubscribersBehind {
  sellerId: string;
  planKey: string;
  newestVersionId: string;
  after: string;
  take: number;
}

/** Accounts of the seller that run an earlier version of the plan and do not move to the newest one anyway, by id from `after` on. */
export async function readSubscribersBehind(db: Database, { sellerId, planKey, newestVersionId, after, take }: SubscribersBehind): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: {
      accountId: { gt: after },
      account: { sellerId },
      status: { in: [...runningStatuses] },
      price: { planVersion: { plan: { key: planKey }, id: { not: newestVersionId } } },
      OR: [{ pendingPriceId: null }, { pendingPrice: { planVersionId: { not: newestVersionId } } }],
    },
    orderBy: { accountId: 'asc' },
    select: { accountId: true },
    take,
  });
  return rows.map(({ accountId }) => accountId);
}
