import type { Database, Prisma } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Plan } from '../catalog/catalog';
import { readPlanVersion } from '../catalog/store';
import { runningStatuses, type Offer, type Subscription } from './subscription';

const withPrices = { price: true, pendingPrice: true } satisfies Prisma.SubscriptionInclude;
type Row = Prisma.SubscriptionGetPayload<{ include: typeof withPrices }>;

/** Plan versions that were read, by id. What a version grants and costs never changes. */
export type PlanMemory = Map<string, Plan>;

async function subscriptionsFrom(db: Database, rows: Row[], plans: PlanMemory = new Map()): Promise<Subscription[]> {
  const offerOf = async (price: Row['price']): Promise<Offer> => {
    const plan = plans.get(price.planVersionId) ?? (await readPlanVersion(db, price.planVersionId));
    if (!plan) throw new Error(`The plan version ${price.planVersionId} of a sold price is gone.`);
    plans.set(price.planVersionId, plan);
    return { plan, price };
  };
  const subscriptions: Subscription[] = [];
  for (const { currentPeriodStart, currentPeriodEnd, priceId: _, pendingPriceId: __, price, pendingPrice, ...row } of rows) {
    subscriptions.push({
      ...row,
      ...(await offerOf(price)),
      currentPeriod: { start: currentPeriodStart, end: currentPeriodEnd },
      pendingPrice: pendingPrice && (await offerOf(pendingPrice)),
    });
  }
  return subscriptions;
}

/** The account's subscription that has not ended, or null. Who reads many passes the same memory of plans. */
export async function readRunning(db: Database, accountId: string, plans?: PlanMemory): Promise<Subscription | null> {
  const rows = await db.subscription.findMany({ where: { accountId, status: { in: [...runningStatuses] } }, include: withPrices });
  const [subscription] = await subscriptionsFrom(db, rows, plans);
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
export async function readBillingTerms(db: Database, accountId: string): Promise<{ currency: string; timeZone: string }> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { currency: true, timeZone: true } });
  if (!account) throw new DomainError('not_found', 'No such account.');
  return account;
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
    startedAt: subscription.startedAt,
    canceledAt: subscription.canceledAt,
    endedAt: subscription.endedAt,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
  };
}

export async function insertSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.create({ data: { id: subscription.id, accountId: subscription.accountId, ...columns(subscription) } });
}

export async function updateSubscription(db: Database, subscription: Subscription): Promise<void> {
  await db.subscription.update({ where: { id: subscription.id }, data: columns(subscription), select: { id: true } });
}
