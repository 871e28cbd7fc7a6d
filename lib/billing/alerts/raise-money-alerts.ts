import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { budgetPercents } from '../cost-centres/cost-centre';
import { costOfCentres } from '../cost-centres/cost-of-centres';
import { listCostCentres } from '../cost-centres/list-cost-centres';
import { daysOfMonth, monthOf } from '../cost-centres/months';
import { Exact, roundToMinor } from '../money/money';
import { readSpend } from '../quota/adjustments/spend-cap';
import { readBillingTerms } from '../subscriptions/store';
import { rangeInTime } from '../usage/day-range';
import { isReached } from './alert';
import { getAlertSettings } from './alert-settings';
import { lookAtAccounts, type News } from './raise-once';

/** The percentages that the money spent reached. */
function reached(percents: readonly number[], used: bigint, limit: bigint): number[] {
  return percents.filter((percent) => isReached(used, limit, percent));
}

/** Percentages of the spend cap that usage past the limits cost in the running period. A cap that was changed alerts anew. */
async function spendNews(context: Context): Promise<News[]> {
  const { spendPercents } = await getAlertSettings(context);
  const { amountMinor: cap, spentMinor, currency, period } = await readSpend(context);
  if (cap === null) return [];
  return reached(spendPercents, spentMinor, cap).map((percent) => ({
    kind: 'spend', feature: null, costCentre: null, currency, day: null, percent, used: spentMinor, limit: cap, resetsAt: period.end,
    onceKey: `spend ${period.start.toISOString()} ${cap} ${percent}`,
  }));
}

/** Percentages of their budgets that cost centres cost in the running month. A budget that was changed alerts anew. */
async function budgetNews(context: Context): Promise<News[]> {
  const centres = (await listCostCentres(context)).filter(({ budgetMinor, archivedAt }) => budgetMinor !== null && archivedAt === null);
  if (centres.length === 0) return [];
  const { timeZone } = await readBillingTerms(database(), context.accountId);
  const month = monthOf(context.clock.now(), timeZone);
  const days = daysOfMonth(month);
  const { currency, usage } = await costOfCentres(context, days);
  return centres.flatMap(({ id, key, name, budgetMinor, currency: ofBudget }) => {
    if (budgetMinor === null || ofBudget !== currency) return [];
    const cost = usage.reduce((sum, one) => (one.centre === key ? sum.plus(one.cost) : sum), new Exact(0));
    const used = roundToMinor(cost, currency);
    return reached(budgetPercents, used, budgetMinor).map((percent): News => ({
      kind: 'budget', feature: null, costCentre: { id, name }, currency, day: null, percent, used, limit: budgetMinor, resetsAt: rangeInTime(days, timeZone).end,
      onceKey: `budget ${id} ${month} ${budgetMinor} ${percent}`,
    }));
  });
}

/** Raises the alerts of spend caps and budgets of all accounts. Any number of processes may run it. */
export function raiseMoneyAlerts(clock: Clock): Promise<{ raised: number; failed: number }> {
  return lookAtAccounts(clock, 'money', async (context) => [...(await spendNews(context)), ...(await budgetNews(context))]);
}
