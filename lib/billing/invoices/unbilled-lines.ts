import type { CounterRow } from '../quota/store';
import type { Subscription } from '../subscriptions/subscription';
import { averageUnitAmount } from '../catalog/pricing/rate';
import { priceOf, toMajor } from '../money/money';
import type { Period } from '../time/period';
import type { DraftLine, InvoiceStatus } from './invoice';
import { periodLines } from './period-lines';
import { usageLines } from './usage-lines';

/** A line that some invoice of the subscription holds for the period. */
export interface ChargedLine extends DraftLine {
  invoiceStatus: InvoiceStatus;
}

/** All that the unpaid rest of a period depends on. */
export interface BilledPeriod {
  subscription: Pick<Subscription, 'plan' | 'price' | 'status' | 'currentPeriod' | 'items' | 'coupon'>;
  period: Period;
  /** The counters of the quota periods that began in it. */
  counters: readonly CounterRow[];
  charged: readonly ChargedLine[];
  now: Date;
}

const isFee = ({ kind }: DraftLine): boolean => kind === 'subscription' || kind === 'proration' || kind === 'addon' || kind === 'setup_fee' || kind === 'discount';

/** What an older invoice of the period charged before it was declared void; what a running period costs in advance. */
function unbilledFee({ subscription, period, charged }: BilledPeriod): DraftLine[] {
  if (charged.some((line) => line.invoiceStatus !== 'void' && isFee(line))) return [];
  if (period.start.getTime() !== subscription.currentPeriod.start.getTime()) {
    return charged.filter(isFee).map(({ invoiceStatus: _, ...line }) => line);
  }
  if (subscription.status === 'trialing') return [];
  const setupFees = charged.filter(({ kind }) => kind === 'setup_fee').map(({ invoiceStatus: _, ...line }) => line);
  return [...periodLines(subscription, period), ...setupFees];
}

/** A line of usage without what invoices that stand have charged for the same feature and quota period; none when that is all. */
export function lessCharged(line: DraftLine, charged: readonly ChargedLine[], currency: string): DraftLine[] {
  const billed = charged.filter(
    (other) => other.invoiceStatus !== 'void' && other.kind === 'usage' && other.featureKey === line.featureKey && other.period?.start.getTime() === line.period?.start.getTime(),
  );
  const quantity = line.quantity - billed.reduce((sum, other) => sum + other.quantity, 0n);
  if (quantity <= 0n) return [];
  if (billed.length === 0) return [line];
  if (!line.working) return [{ ...line, quantity, amountMinor: priceOf(quantity, line.unitAmount, currency) }];
  // By tiers the price of what is added depends on what came before: the whole is priced, and what was charged taken off.
  const amountMinor = line.amountMinor - billed.reduce((sum, other) => sum + other.amountMinor, 0n);
  return [{ ...line, quantity, amountMinor, unitAmount: averageUnitAmount({ amount: toMajor(amountMinor, currency) }, quantity) }];
}

/** Use past the limits of quota periods that ended, less what was charged for it: usage may arrive late. */
function unbilledUsage({ subscription, counters, charged, now }: BilledPeriod): DraftLine[] {
  const { plan, price } = subscription;
  return counters
    .filter((counter) => counter.period.end <= now)
    .flatMap((counter) => {
      const granted = plan.entitlements
        .filter(({ feature }) => feature.key === counter.featureKey)
        .map((entitlement) => ({ ...entitlement, limit: counter.limit, policy: counter.policy ?? 'block' }));
      const source = { kind: 'usage' as const, planKey: plan.key, planVersion: plan.version, planVersionId: plan.versionId, featureKey: counter.featureKey, counterId: counter.id, limit: counter.limit ?? 0n, used: counter.used };
      return usageLines(granted, new Map([[counter.featureKey, counter.used]]), counter.period, price.currency).map((line) => ({ ...line, madeFrom: source }));
    })
    .flatMap((line) => lessCharged(line, charged, price.currency));
}

/** What a billing period costs and no invoice that stands has charged yet. Pure. */
export function unbilledLines(facts: BilledPeriod): DraftLine[] {
  return [...unbilledFee(facts), ...unbilledUsage(facts)];
}
