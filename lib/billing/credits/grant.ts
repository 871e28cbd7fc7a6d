import type { CreditParts } from '../ledger/bookings';

export const grantCauses = ['purchase', 'welcome', 'operator', 'refund'] as const;
/** Why an account has credit: bought, given with the first payment method, given by the seller, or in place of money back. */
export type GrantCause = (typeof grantCauses)[number];

/** Credit of an account, in minor units of one currency, to be spent on its invoices. */
export interface Grant {
  id: string;
  accountId: string;
  currency: string;
  cause: GrantCause;
  amountMinor: bigint;
  leftMinor: bigint;
  /** From 0 to 100: the lowest is spent first. */
  priority: number;
  /** From then on it cannot be spent; null: it does not expire. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Why, in the words of whoever gave it. */
  note: string;
  createdAt: Date;
}

/** What was given away is spent before what was paid for. */
export const priorities: Record<GrantCause, number> = { welcome: 20, operator: 20, purchase: 50, refund: 50 };

/** Whether the customer paid for it, so that it is not the seller's to take back. */
export function isPaidFor({ cause }: Pick<Grant, 'cause'>): boolean {
  return cause === 'purchase' || cause === 'refund';
}

/** Whether its time is over: what is left of it, or comes back to it, cannot be spent. */
export function isOver({ expiresAt, revokedAt }: Pick<Grant, 'expiresAt' | 'revokedAt'>, at: Date): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt <= at);
}

/** A part of a grant. */
export interface GrantPart {
  grant: Grant;
  amountMinor: bigint;
}

const never = Number.POSITIVE_INFINITY;

/** The order in which grants are spent: by priority, then what expires first, then what is oldest. Pure. */
export function inSpendingOrder(grants: readonly Grant[]): Grant[] {
  const expiry = ({ expiresAt }: Grant): number => expiresAt?.getTime() ?? never;
  return [...grants].sort((one, other) => {
    if (one.priority !== other.priority) return one.priority - other.priority;
    if (expiry(one) !== expiry(other)) return expiry(one) - expiry(other);
    return one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);
  });
}

/** What can be spent of them at the moment. */
export function available(grants: readonly Grant[], at: Date): bigint {
  return grants.reduce((sum, grant) => (isOver(grant, at) ? sum : sum + grant.leftMinor), 0n);
}

/** What of which grant pays the amount at the moment, as far as they reach. Pure. */
export function spend(grants: readonly Grant[], amountMinor: bigint, at: Date): GrantPart[] {
  let open = amountMinor;
  return inSpendingOrder(grants.filter((grant) => !isOver(grant, at))).flatMap((grant) => {
    const part = open < grant.leftMinor ? open : grant.leftMinor;
    if (part <= 0n) return [];
    open -= part;
    return [{ grant, amountMinor: part }];
  });
}

/** The grants with what is left of them once the parts are spent. */
export function afterSpending(grants: readonly Grant[], parts: readonly GrantPart[]): Grant[] {
  return grants.map((grant) => {
    const spent = parts.find((part) => part.grant.id === grant.id)?.amountMinor ?? 0n;
    return { ...grant, leftMinor: grant.leftMinor - spent };
  });
}

/**
 * What of which grant an amount goes back to, of what each of them paid: to the one that was spent last first, and never
 * more than it paid. `paid` is in the order of spending. Pure.
 */
export function giveBack(paid: readonly GrantPart[], amountMinor: bigint): GrantPart[] {
  let open = amountMinor;
  return [...paid].reverse().flatMap(({ grant, amountMinor: most }) => {
    const part = open < most ? open : most;
    if (part <= 0n) return [];
    open -= part;
    return [{ grant, amountMinor: part }];
  });
}

/** The parts by where the credit came from, as the ledger keeps it. */
export function partsByOrigin(parts: readonly GrantPart[]): CreditParts {
  const sum = (paidFor: boolean): bigint => parts.reduce((total, { grant, amountMinor }) => (isPaidFor(grant) === paidFor ? total + amountMinor : total), 0n);
  return { customerMinor: sum(true), promotionalMinor: sum(false) };
}
