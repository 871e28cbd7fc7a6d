import { DomainError } from '@/lib/core/errors';
import { Exact, fraction } from '../../money/money';
import type { Localized } from '../catalog';

/** A reduction of what periods cost: by a percentage, or by an amount in each currency that it names. */
export interface Coupon {
  id: string;
  /** What customers type in: capital letters, digits and dashes. */
  code: string;
  name: Localized;
  /** Exact, such as `12.5`; null: it takes off amounts. */
  percentage: string | null;
  /** Minor units by currency. */
  amounts: Record<string, bigint>;
  /** For how many periods; null: for all. */
  cycles: number | null;
  /** Plans that it reduces, by key; empty: all. */
  plans: string[];
  /** The first moment at which it can no longer be redeemed; what was redeemed goes on. */
  expiresAt: Date | null;
  /** How often it may be redeemed in all; null: without end. */
  redemptionCap: number | null;
  redeemed: number;
  /** When the seller took it off offer. */
  endedAt: Date | null;
}

/** A coupon that a subscription has, and for how many periods it has counted. */
export interface AppliedCoupon {
  redemptionId: string;
  coupon: Coupon;
  redeemedAt: Date;
  cyclesUsed: number;
  /** The start of the last period that it counted for. */
  lastPeriodStart: Date | null;
  /** When the customer took it off; it goes on to count for the period that had begun by then. */
  removedAt: Date | null;
}

/** Whether it can reduce a price of the plan in the currency at all. */
export function reduces({ plans, percentage, amounts }: Coupon, planKey: string, currency: string): boolean {
  if (plans.length > 0 && !plans.includes(planKey)) return false;
  return percentage !== null || (amounts[currency] ?? 0n) > 0n;
}

/** What it takes off an amount of minor units: rounded once, never more than the amount. */
export function discountOf({ percentage, amounts }: Coupon, amountMinor: bigint, currency: string): bigint {
  if (amountMinor <= 0n) return 0n;
  if (percentage !== null) return fraction(amountMinor, BigInt(new Exact(percentage).times(10_000).toFixed(0)), 1_000_000n);
  const off = amounts[currency] ?? 0n;
  return off < amountMinor ? off : amountMinor;
}

/** Whether it has counted for the period that starts then, so that a change within the period keeps it. */
export function countsFor({ lastPeriodStart }: AppliedCoupon, start: Date): boolean {
  return lastPeriodStart?.getTime() === start.getTime();
}

/** Whether there are periods left that it can count for. */
export function isRunning({ coupon, cyclesUsed, removedAt }: AppliedCoupon): boolean {
  return removedAt === null && (coupon.cycles === null || cyclesUsed < coupon.cycles);
}

/** The coupon after it has counted for the period that starts then; as it is when none of its periods are left. */
export function countedFor(applied: AppliedCoupon, start: Date): AppliedCoupon {
  if (countsFor(applied, start) || !isRunning(applied)) return applied;
  return { ...applied, cyclesUsed: applied.cyclesUsed + 1, lastPeriodStart: start };
}

/** Throws `coupon_expired` when it is no longer on offer, and `coupon_used_up` when it was redeemed as often as it may be. */
export function assertRedeemable(coupon: Coupon, now: Date): void {
  if ((coupon.expiresAt && coupon.expiresAt <= now) || coupon.endedAt) throw new DomainError('coupon_expired');
  if (coupon.redemptionCap !== null && coupon.redeemed >= coupon.redemptionCap) throw new DomainError('coupon_used_up');
}
