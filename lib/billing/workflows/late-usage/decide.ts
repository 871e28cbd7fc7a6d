import type { Entitlement, Feature, Localized } from '../../catalog/catalog';
import type { DraftLine } from '../../invoices/invoice';
import { chargedBy, partsOf, type ChargePart, type UsageCharge } from '../../invoices/usage-charges';
import { usageLines } from '../../invoices/usage-lines';
import type { CounterRow } from '../../quota/store';

/** Usage of a quota period that changed after the period had been charged. */
export interface ChangedUsage {
  feature: Feature;
  /** What the running plan grants of it, if it does. */
  entitlement: Entitlement | undefined;
  /** With the limit, the policy and the price that held when its period ended. */
  counter: CounterRow;
  /** Lines that charged it, oldest first, those of void invoices too. */
  charges: readonly UsageCharge[];
  currency: string;
}

/** What makes up for the change; nothing where it costs the same. */
export interface Difference {
  before: { quantity: bigint; amountMinor: bigint };
  after: { quantity: bigint; amountMinor: bigint };
  /** For the next invoice, where it costs more. */
  lines: DraftLine[];
  /** To be credited, where it costs less. */
  parts: ChargePart[];
}

const late: Localized = { en: ', recorded after the period had been charged', zh: '，结账后补录' };

/** The terms by which the period was charged: those noted with its counter, the way to the price from a plan with that price. */
function termsOf({ feature, entitlement, counter, currency }: ChangedUsage): Entitlement {
  const noted = { limit: counter.limit, policy: counter.policy ?? ('block' as const), enabled: true };
  if (entitlement && (counter.overageAmount === null || entitlement.overage[currency] === counter.overageAmount)) return { ...entitlement, ...noted };
  const overage = counter.overageAmount === null ? {} : { [currency]: counter.overageAmount };
  return { feature, ...noted, allowed: [], reset: counter.reset, rolloverCap: null, rates: [], overage };
}

/**
 * Rates changed usage again by the terms that held and compares it with what was charged: more is charged with the next
 * invoice, less is credited. What was charged by an invoice that was declared void is left to whoever declared it so. Pure.
 */
export function differenceOf(changed: ChangedUsage): Difference {
  const { counter, charges, currency } = changed;
  const standing = charges.filter(({ invoiceStatus }) => invoiceStatus !== 'void' && invoiceStatus !== 'draft');
  const before = chargedBy(standing);
  const nothing = { before, after: before, lines: [], parts: [] };
  if (standing.length < charges.length) return nothing;

  const [owed] = usageLines([termsOf(changed)], new Map([[counter.featureKey, counter.used]]), counter.period, currency);
  const after = { quantity: owed?.quantity ?? 0n, amountMinor: owed?.amountMinor ?? 0n };
  const more = after.amountMinor - before.amountMinor;
  if (more === 0n) return nothing;
  if (more < 0n) return { before, after, lines: [], parts: partsOf(standing, -more, before.quantity - after.quantity) };
  if (!owed) return nothing;
  const quantity = after.quantity > before.quantity ? after.quantity - before.quantity : 1n;
  const description = { en: owed.description.en + late.en, zh: owed.description.zh + late.zh };
  return { before, after, lines: [{ ...owed, description, quantity, amountMinor: more }], parts: [] };
}
