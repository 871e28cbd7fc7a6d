import { AlertBanner } from '@/components/alerts/alert-banner';
import { LiveUsage } from '@/components/usage/live-usage';
import { PlanFeatures } from '@/components/usage/plan-features';
import { SpendFigures } from '@/components/usage/spend-figures';
import { UnusualNotice } from '@/components/usage/unusual-notice';
import type { Alert } from '@/lib/billing/alerts/alert';
import { listAlerts } from '@/lib/billing/alerts/list-alerts';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { readSpend } from '@/lib/billing/quota/adjustments/spend-cap';
import { usageSeries } from '@/lib/billing/usage/usage-series';
import { toPlain } from '@/lib/http/plain';
import { forecastUsage } from '@/lib/billing/usage/usage-forecast';
import { findUnusualUsage } from '@/lib/billing/usage/find-unusual-usage';
import { markRead } from '../alerts/actions';
import { removeSpendCap, saveSpendCap } from './actions';
import type { UsageFrame } from './frame';

/** How many days back unusual usage is told, and how much of it. */
const unusualDays = 7;
const mostUnusual = 4;

/** The newest alert of each thing that alerts are about, a few of them. */
function newestOf(alerts: readonly Alert[]): Alert[] {
  const about = ({ kind, feature, costCentre }: Alert) => JSON.stringify([kind, feature, costCentre?.id]);
  return alerts.filter((alert, index) => alerts.findIndex((other) => about(other) === about(alert)) === index).slice(0, 3);
}

/** How the period stands: what wants attention, limits, days, and what else the plan grants. */
export async function Overview({ context, permissions, wanted, summary, shown, periodDays, today }: UsageFrame) {
  const features = summary.items.map(({ feature }) => feature);
  const asked = features.find(({ key }) => key === wanted.chart)?.key;
  const chart = asked ?? [...summary.items].find(({ used }) => used > 0n)?.feature.key ?? features[0]?.key;
  const [series, everyFeature, alerts, spend, forecasts, unusual] = await Promise.all([
    usageSeries(context, { ...periodDays, granularity: 'day', feature: chart }),
    listFeatures(),
    listAlerts(context, { unread: true, page: 1, pageSize: 20 }),
    summary.running ? readSpend(context) : null,
    summary.running ? forecastUsage(context) : [],
    summary.running ? findUnusualUsage(context, unusualDays) : [],
  ]);
  const [shownSeries] = toPlain(series);
  const isCharged = [...summary.items, ...summary.grants].some(({ policy }) => policy === 'overage');
  return (
    <>
      <div className="flex flex-col gap-3 empty:hidden">
        {alerts.total > 0 && (
          <AlertBanner alerts={toPlain(newestOf(alerts.items))} unread={alerts.unread} features={everyFeature} markRead={permissions.includes('alert:write') ? markRead : null} />
        )}
        {unusual.length > 0 && <UnusualNotice unusual={toPlain(unusual).slice(0, mostUnusual)} />}
      </div>
      {shownSeries && <LiveUsage key={`${shown.period.start} ${chart}`} summary={shown} series={shownSeries} days={periodDays} shape={wanted.shape ?? 'day'} forecasts={toPlain(forecasts)} today={today} />}
      {spend && <SpendFigures spend={toPlain(spend)} isCharged={isCharged} actions={permissions.includes('subscription:write') ? { save: saveSpendCap, remove: removeSpendCap } : null} />}
      <PlanFeatures grants={shown.grants} />
    </>
  );
}
