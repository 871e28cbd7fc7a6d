import { creditable } from './credit-notes/decide-credit';
import type { InvoiceLine, InvoiceStatus } from './invoice';

/** A line of an issued invoice that charged usage of one feature in one quota period. */
export interface UsageCharge {
  invoiceId: string;
  invoiceStatus: InvoiceStatus;
  line: InvoiceLine;
  /** Of its quantity and amount, what was taken back since because the usage turned out to be less. */
  takenBack: { quantity: bigint; amountMinor: bigint };
}

/** A part of a line that is to be taken back, as the line is priced. */
export interface ChargePart {
  charge: UsageCharge;
  quantity: bigint;
  amountMinor: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What the lines still charge: units and minor units. */
export function chargedBy(charges: readonly UsageCharge[]): { quantity: bigint; amountMinor: bigint } {
  return {
    quantity: sum(charges.map(({ line, takenBack }) => line.quantity - takenBack.quantity)),
    amountMinor: sum(charges.map(({ line, takenBack }) => line.amountMinor - takenBack.amountMinor)),
  };
}

/** Shares out what is to be taken back over the lines that charged it, the newest first. Pure. */
export function partsOf(charges: readonly UsageCharge[], amountMinor: bigint, quantity: bigint): ChargePart[] {
  let [restAmount, restQuantity] = [amountMinor, quantity];
  const parts: ChargePart[] = [];
  for (const charge of [...charges].reverse()) {
    if (restAmount <= 0n) break;
    const left = chargedBy([charge]);
    if (left.amountMinor <= 0n) continue;
    const whole = left.amountMinor <= restAmount;
    const part = { charge, amountMinor: whole ? left.amountMinor : restAmount, quantity: whole && left.amountMinor < restAmount ? left.quantity : restQuantity };
    parts.push(part);
    restAmount -= part.amountMinor;
    restQuantity -= part.quantity;
  }
  return parts;
}

/**
 * What a credit note takes back of a line for a part of its price, with the tax on it, in minor units: at most what other
 * credit notes left of it. Pure.
 */
export function grossOf({ charge: { line }, amountMinor }: ChargePart, credited: Parameters<typeof creditable>[1]): bigint {
  const [left] = creditable([line], credited);
  const leftGross = left ? left.netMinor + left.taxMinor : 0n;
  const whole = line.netMinor + line.taxMinor;
  const gross = amountMinor === line.amountMinor ? whole : (whole * amountMinor * 2n + line.amountMinor) / (line.amountMinor * 2n);
  return gross < leftGross ? gross : leftGross;
}
