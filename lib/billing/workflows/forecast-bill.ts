import type { Context } from '@/lib/core/context';
import { getSubscription } from '../subscriptions/get-subscription';
import { forecastUsage, type FeatureForecast } from '../usage/usage-forecast';
import { invoiceAtEnd, readPeriodEnd, type PeriodEnd } from './upcoming-invoice';

/** What the next invoice comes to if usage goes on as before, in minor units with tax. */
export interface BillForecast {
  /** When it will be issued. */
  at: Date;
  currency: string;
  expectedMinor: bigint;
  lowMinor: bigint;
  highMinor: bigint;
  /** What of the expected amount is usage past the limits, before tax. */
  usageMinor: bigint;
}

/** The invoice that the end of the period brings by the forecast of its usage; null when none is expected. Pure. */
export function billOf(end: PeriodEnd, items: readonly FeatureForecast[]): BillForecast | null {
  const invoiceFor = (use: 'low' | 'expected' | 'high') => invoiceAtEnd(end, new Map(items.map((item) => [item.counterId, item[use]])));
  const [low, expected, high] = [invoiceFor('low'), invoiceFor('expected'), invoiceFor('high')];
  const some = expected ?? high;
  if (!some) return null;
  const { at, currency } = some;
  const minor = (invoice: typeof low): bigint => invoice?.totalMinor ?? 0n;
  return { at, currency, expectedMinor: minor(expected), lowMinor: minor(low), highMinor: minor(high), usageMinor: expected?.usageMinor ?? 0n };
}

/**
 * The forecast of usage, and of the invoice that the end of the running period brings by it; null when none is expected. It is
 * priced by the decision that the renewal itself makes. Limits that have not begun yet, such as the later months of a plan by
 * the year, are not in it.
 */
export async function forecastBill(context: Context): Promise<{ items: FeatureForecast[]; bill: BillForecast | null }> {
  const items = await forecastUsage(context);
  const subscription = await getSubscription(context);
  return { items, bill: subscription && billOf(await readPeriodEnd(context, subscription), items) };
}
