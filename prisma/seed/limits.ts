import { markAlertsRead } from '@/lib/billing/alerts/list-alerts';
import { raiseAlerts } from '@/lib/billing/alerts/raise-alerts';
import { createCostCentre } from '@/lib/billing/cost-centres/create-cost-centre';
import { setSpendCap } from '@/lib/billing/quota/adjustments/spend-cap';
import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { remainingQuota } from '@/lib/billing/quota/remaining-quota';
import { setLevel } from '@/lib/billing/quota/set-level';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import type { DemoCompany } from './companies';

const hour = 3_600_000;
const refusedHoursAgo = [49, 27, 26, 5, 2];

/** Asks for one unit more than is left, as often as told, spread over the last days. */
async function askForTooMuch(company: DemoCompany, context: Context, clock: FixedClock, now: Date): Promise<void> {
  for (const [index, hoursAgo] of refusedHoursAgo.entries()) {
    clock.set(new Date(now.getTime() - hoursAgo * hour));
    for (const [feature, calls] of Object.entries(company.refused)) {
      const [quota] = await remainingQuota(context, feature);
      if (!quota || quota.remaining === null || quota.policy !== 'block') continue;
      const quantity = quota.remaining + 1n;
      const times = Math.floor((calls + index) / refusedHoursAgo.length);
      for (let call = 0; call < times; call += 1) await consumeQuota(context, { feature, quantity });
    }
  }
  clock.set(now);
}

/** Seats and the like, cost centres, a spend cap and some refused calls, with the alerts that they raise; people have read those before. */
export async function reachLimits(company: DemoCompany, context: Context, clock: FixedClock, now: Date): Promise<void> {
  await markAlertsRead(context);
  for (const [feature, level] of Object.entries(company.levels)) {
    await setLevel(context, { feature, move: { set: BigInt(level) }, idempotencyKey: `demo-level-${feature}` });
  }
  for (const centre of company.setUpCentres) await createCostCentre(context, centre);
  if (company.spendCapMinor !== undefined) await setSpendCap(context, company.spendCapMinor);
  await askForTooMuch(company, context, clock, now);
  await raiseAlerts(clock);
}
