import { AlertBanner } from '@/components/usage/alert-banner';
import { LiveUsage } from '@/components/usage/live-usage';
import { PlanFeatures } from '@/components/usage/plan-features';
import { SpendFigures } from '@/components/usage/spend-figures';
import { listAlerts } from '@/lib/billing/alerts/list-alerts';
import { readSpend } from '@/lib/billing/quota/adjustments/spend-cap';
import { usageSeries } from '@/lib/billing/usage/usage-series';
import { toPlain } from '@/lib/http/plain';
import { markRead, removeSpendCap, saveSpendCap } from './actions';
import type { UsageFrame } from './frame';

/** How the period stands: what wants attention, limits, days, and what else the plan grants. */
export async function Overview({ context, permissions, wanted, summary, shown, periodDays }: UsageFrame) {
  const features = summary.items.map(({ feature }) => feature);
  const asked = features.find(({ key }) => key === wanted.chart)?.key;
  const chart = asked ?? [...summary.items].find(({ used }) => used > 0n)?.feature.key ?? features[0]?.key;
  const [series, alerts, spend] = await Promise.all([
    usageSeries(context, { ...periodDays, granularity: 'day', feature: chart }),
    listAlerts(context, { unread: true, page: 1, pageSize: 3 }),
    summary.running ? readSpend(context) : null,
  ]);
  const [shownSeries] = toPlain(series);
  return (
    <>
      {alerts.total > 0 && (
        <AlertBanner alerts={toPlain(alerts.items)} unread={alerts.unread} features={features} markRead={permissions.includes('alert:write') ? markRead : null} />
      )}
      {shownSeries && <LiveUsage key={`${shown.period.start} ${chart}`} summary={shown} series={shownSeries} days={periodDays} />}
      {spend && <SpendFigures spend={toPlain(spend)} actions={permissions.includes('subscription:write') ? { save: saveSpendCap, remove: removeSpendCap } : null} />}
      <PlanFeatures grants={shown.grants} />
    </>
  );
}
