import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { log } from '@/lib/core/log';
import { countUnread } from '../../alerts/list-alerts';
import { getCredit, type CreditBalance } from '../../credits/list-credit';
import { readMethods } from '../../payments/methods/store';
import { getSubscription } from '../../subscriptions/get-subscription';
import type { Subscription } from '../../subscriptions/subscription';
import { calendarDay } from '../../time/period';
import type { Cost } from '../../usage/cost-of-usage';
import type { DayRange } from '../../usage/day-range';
import { summarizeUsage } from '../../usage/summarize-usage';
import type { UsageSeries, UsageSummary } from '../../usage/usage';
import { usageCost } from '../../usage/usage-cost';
import { forecastUsage } from '../../usage/usage-forecast';
import { usageSeries } from '../../usage/usage-series';
import { billOf, type BillForecast } from '../forecast-bill';
import { invoiceAtEnd, readPeriodEnd, type PeriodEnd, type UpcomingInvoice } from '../upcoming-invoice';
import { attentionOf, type Attention } from './attention';
import { readOwed } from './store';

/** What the running billing period cost so far and what it is expected to come to; amounts in minor units. */
export interface Spending {
  currency: string;
  /** The first moment of the period. */
  since: Date;
  /** What invoices charged for the period beside usage, before tax. */
  feesMinor: bigint;
  /** Use past the limits, invoiced or not yet, before tax. */
  usageMinor: bigint;
  /** What the end of the period brings by what is used so far; null: nothing. */
  next: UpcomingInvoice | null;
  /** The same if usage goes on as before. */
  forecast: BillForecast | null;
  /** What the tokens of the period cost by the prices of their models. Not what is charged for them. */
  modelCost: Cost;
}

export interface MoneyStanding {
  /** Null without a subscription. */
  spending: Spending | null;
  /** Prepaid credit, the account's own currency first. */
  credit: CreditBalance[];
}

/** What is used of the features, and of the one that is closest to its limit by day. */
export interface UseStanding {
  summary: UsageSummary;
  series: UsageSeries | null;
  /** The calendar days of the series. */
  days: DayRange;
}

/** A part of the overview, or that it could not be read: the others stand nevertheless. */
export type Part<Value> = { value: Value } | { failed: true };

export interface Overview {
  subscription: Part<Subscription | null>;
  attention: Part<Attention[]>;
  /** Null for somebody who has nothing to do with money. */
  money: Part<MoneyStanding> | null;
  use: Part<UseStanding>;
}

async function part<Value>(name: string, { requestId }: Context, reading: Promise<Value>): Promise<Part<Value>> {
  try {
    return { value: await reading };
  } catch (error) {
    log('overview').error({ err: error, requestId, part: name }, 'a part of the overview could not be read');
    return { failed: true };
  }
}

/**
 * How the account stands at a glance: what wants attention, what the period costs and what is used. What is read grows with
 * neither the invoices that are settled nor the events. `money`: whether the person has to do with it. A part that cannot be
 * read leaves the others as they are.
 */
export async function readOverview(context: Context, { money }: { money: boolean }): Promise<Overview> {
  // Each is read once and waited for by every part that stands on it.
  const subscription = getSubscription(context);
  const summary = summarizeUsage(context);
  const [plan, attention, standing, use] = await Promise.all([
    part('subscription', context, subscription),
    part('attention', context, readAttention(context, subscription, summary, money)),
    money ? part('money', context, readMoney(context, subscription)) : null,
    part('use', context, readUse(context, summary)),
  ]);
  return { subscription: plan, attention, money: standing, use };
}

async function readAttention(context: Context, subscription: Promise<Subscription | null>, summary: Promise<UsageSummary>, money: boolean): Promise<Attention[]> {
  const now = context.clock.now();
  const [held, used, unreadAlerts, owed, methods] = await Promise.all([
    subscription,
    summary,
    countUnread(context),
    money ? readOwed(database(), context.accountId, now) : [],
    readMethods(database(), context.accountId),
  ]);
  return attentionOf({ subscription: held, summary: used, unreadAlerts, paying: money ? { owed, methods } : null, hasMethod: methods.length > 0, now });
}

async function readMoney(context: Context, subscription: Promise<Subscription | null>): Promise<MoneyStanding> {
  const [held, credit] = await Promise.all([subscription, getCredit(context)]);
  return { spending: held && (await readSpending(context, held)), credit };
}

async function readSpending(context: Context, subscription: Subscription): Promise<Spending> {
  const { currency } = subscription.price;
  const { start } = subscription.currentPeriod;
  const [end, items] = await Promise.all([readPeriodEnd(context, subscription), forecastUsage(context)]);
  const days = { from: calendarDay(start, end.timeZone), to: calendarDay(end.now, end.timeZone) };
  const next = invoiceAtEnd(end);
  return { currency, since: start, ...spentIn(end, next), next, forecast: billOf(end, items), modelCost: await usageCost(context, days, currency) };
}

const notFees: ReadonlySet<string> = new Set(['usage', 'tax', 'credit']);

/** What was charged for the time since the period began, and what its use past the limits will add. Pure. */
function spentIn({ subscription, closing }: PeriodEnd, next: UpcomingInvoice | null): { feesMinor: bigint; usageMinor: bigint } {
  const { start } = subscription.currentPeriod;
  const standing = closing.charged.filter(({ invoiceStatus, period }) => invoiceStatus !== 'void' && period && period.start >= start);
  const sum = (lines: typeof standing): bigint => lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return {
    feesMinor: sum(standing.filter(({ kind }) => !notFees.has(kind))),
    usageMinor: sum(standing.filter(({ kind }) => kind === 'usage')) + (next?.usageMinor ?? 0n),
  };
}

/** The metered feature that is closest to its limit, else one that is used, else the first. Pure. */
function mostUsed({ items }: UsageSummary): string | undefined {
  const share = ({ used, limit }: UsageSummary['items'][number]): number => (limit && limit > 0n ? Number(used) / Number(limit) : used > 0n ? Number.MIN_VALUE : 0);
  return [...items].filter(({ included }) => included).sort((one, other) => share(other) - share(one))[0]?.feature.key;
}

async function readUse(context: Context, reading: Promise<UsageSummary>): Promise<UseStanding> {
  const summary = await reading;
  const { period, timeZone } = summary;
  const days = { from: calendarDay(period.start, timeZone), to: calendarDay(new Date(period.end.getTime() - 1), timeZone) };
  const feature = mostUsed(summary);
  const [series = null] = feature === undefined ? [] : await usageSeries(context, { ...days, granularity: 'day', feature });
  return { summary, series, days };
}
