import { z } from 'zod';
import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { toJson } from '../pricing/schema';
import type { AppliedCoupon, Coupon } from './coupon';

type CouponRow = Prisma.CouponGetPayload<object>;
export type RedemptionRow = Prisma.CouponRedemptionGetPayload<{ include: { coupon: true } }>;

const amounts = z.record(z.string(), z.string().transform((digits) => BigInt(digits)));

function couponFrom(row: CouponRow): Coupon {
  return {
    id: row.id,
    code: row.code,
    name: { en: row.nameEn, zh: row.nameZh },
    percentage: row.percentage?.toFixed() ?? null,
    amounts: amounts.parse(row.amounts),
    cycles: row.cycles,
    plans: row.planKeys,
    expiresAt: row.expiresAt,
    redemptionCap: row.redemptionCap,
    redeemed: row.redeemed,
    endedAt: row.endedAt,
  };
}

export function appliedFrom({ id, coupon, redeemedAt, cyclesUsed, lastPeriodStart, removedAt }: RedemptionRow): AppliedCoupon {
  return { redemptionId: id, coupon: couponFrom(coupon), redeemedAt, cyclesUsed, lastPeriodStart, removedAt };
}

export async function readCoupon(db: Database, code: string): Promise<Coupon | null> {
  const row = await db.coupon.findUnique({ where: { code } });
  return row && couponFrom(row);
}

/** The same, and nobody else redeems it until the transaction ends. */
export async function lockCoupon(db: Database, code: string): Promise<Coupon | null> {
  await db.$queryRaw`SELECT 1 FROM coupon WHERE code = ${code} FOR UPDATE`;
  return readCoupon(db, code);
}

export async function readCoupons(db: Database): Promise<Coupon[]> {
  return (await db.coupon.findMany({ orderBy: { code: 'asc' } })).map(couponFrom);
}

export async function insertCoupon(db: Database, coupon: Coupon, now: Date): Promise<void> {
  const { name, amounts: byCurrency, plans, ...columns } = coupon;
  await db.coupon.create({
    data: { ...columns, nameEn: name.en, nameZh: name.zh, amounts: toJson(byCurrency), planKeys: plans, createdAt: now },
  });
}

export async function endCoupon(db: Database, id: string, now: Date): Promise<void> {
  await db.coupon.update({ where: { id }, data: { endedAt: now } });
}

export async function hasRedeemed(db: Database, couponId: string, accountId: string): Promise<boolean> {
  return (await db.couponRedemption.count({ where: { couponId, accountId } })) > 0;
}

/** Redeems the coupon for the account and counts it. Lock the coupon first. */
export async function insertRedemption(db: Database, coupon: Coupon, holder: { accountId: string; subscriptionId: string }, now: Date): Promise<AppliedCoupon> {
  const row = await db.couponRedemption.create({ data: { id: newId('rdm'), couponId: coupon.id, ...holder, redeemedAt: now }, include: { coupon: true } });
  await db.coupon.update({ where: { id: coupon.id }, data: { redeemed: { increment: 1 } } });
  return appliedFrom(row);
}

export async function updateRedemption(db: Database, { redemptionId, cyclesUsed, lastPeriodStart, removedAt }: AppliedCoupon): Promise<void> {
  await db.couponRedemption.update({ where: { id: redemptionId }, data: { cyclesUsed, lastPeriodStart, removedAt } });
}
