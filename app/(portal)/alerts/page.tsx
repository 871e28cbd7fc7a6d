import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AlertTable } from '@/components/alerts/alert-table';
import { FeatureFilter } from '@/components/alerts/feature-filter';
import { MarkReadButton } from '@/components/alerts/mark-read-button';
import { SettingsDialog } from '@/components/alerts/settings-dialog';
import { SettingsSummary } from '@/components/alerts/settings-summary';
import { ThresholdSummary } from '@/components/alerts/threshold-summary';
import { ThresholdsDialog } from '@/components/alerts/thresholds-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterTabs, Pagination, TextLink } from '@/components/ui/navigation';
import { Card, CardFooter, Page, PageHeader, Section } from '@/components/ui/section';
import { WebhooksSection } from '@/components/webhooks/webhooks-section';
import { requireSession } from '@/lib/auth/session';
import { alertKinds } from '@/lib/billing/alerts/alert';
import { getAlertSettings } from '@/lib/billing/alerts/alert-settings';
import { listAlerts } from '@/lib/billing/alerts/list-alerts';
import { listListeners } from '@/lib/billing/alerts/list-listeners';
import { getThresholds } from '@/lib/billing/alerts/thresholds';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { listCostCentres } from '@/lib/billing/cost-centres/list-cost-centres';
import { readSpend } from '@/lib/billing/quota/adjustments/spend-cap';
import { toPlain } from '@/lib/http/plain';
import { listEndpoints } from '@/lib/webhooks/outbox/endpoints';
import { markRead, markUnread, saveSettings, saveThresholds } from './actions';
import { alertQuery, alertsHref } from './address';
import { addEndpoint, changeEndpoint, readDeliveries, removeEndpoint, renewEndpointSecret, sendAgain, testEndpoint } from './webhook-actions';
import { lastDeliveries } from './webhook-views';

const pageSize = 20;
const webhookActions = { add: addEndpoint, change: changeEndpoint, renewSecret: renewEndpointSecret, remove: removeEndpoint, test: testEndpoint, sendAgain };

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('alerts');
  return { title: text('title') };
}

export default async function AlertsPage({ searchParams }: PageProps<'/alerts'>) {
  const { context, permissions } = await requireSession();
  const [text, locale, search, features] = await Promise.all([getTranslations('alerts'), getLocale(), searchParams, listFeatures()]);
  const { kind, feature: named, unread, page = 1 } = alertQuery.parse(search);
  const feature = features.find(({ key }) => key === named)?.key;
  const mayRead = permissions.includes('webhook:read');
  const [alerts, thresholds, settings, spend, centres, webhooks, endpoints, deliveries] = await Promise.all([
    listAlerts(context, { kind, feature, unread: unread === 'true', page, pageSize }),
    getThresholds(context), getAlertSettings(context), readSpend(context), listCostCentres(context),
    mayRead ? listListeners(context) : null, mayRead ? listEndpoints(context) : null, mayRead ? lastDeliveries(context) : [],
  ]);
  const mayChange = permissions.includes('alert:write');
  const limited = features.filter((one) => one.kind === 'metered' || one.kind === 'level').map((one) => ({ key: one.key, label: one.name[locale] }));
  const cap = toPlain(spend).amountMinor;
  const filtered = kind !== undefined || feature !== undefined || unread !== undefined;
  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} actions={mayChange && alerts.unread > 0 && <MarkReadButton markRead={markRead} />} />
      <Section title={text('history')}>
        <div className="flex flex-wrap justify-between gap-x-6 gap-y-1">
          <FilterTabs
            label={text('byState')}
            tabs={[
              { href: alertsHref({ kind, feature }), label: text('all'), current: unread === undefined },
              { href: alertsHref({ kind, feature, unread: 'true' }), label: text('onlyNew'), current: unread !== undefined, count: alerts.unread },
            ]}
          />
          <FilterTabs
            label={text('byKind')}
            tabs={[undefined, ...alertKinds].map((one) => ({ href: alertsHref({ kind: one, feature, unread }), label: text(one ? `kind_${one}` : 'everyKind'), current: one === kind }))}
          />
        </div>
        <div className="w-full max-w-60">
          <FeatureFilter
            chosen={feature ?? null}
            features={limited}
            addresses={Object.fromEntries(['', ...limited.map(({ key }) => key)].map((one) => [one, alertsHref({ kind, feature: one === '' ? undefined : one, unread })]))}
          />
        </div>
        <Card padding="none">
          {alerts.items.length > 0 ? (
            <AlertTable alerts={toPlain(alerts.items)} features={features} actions={mayChange ? { markRead, markUnread } : null} />
          ) : filtered ? (
            <EmptyState title={text('noneFound')} description={text('noneFoundText')} action={<TextLink href="/alerts">{text('showAll')}</TextLink>} />
          ) : (
            <EmptyState title={text('none')} description={text('noneText')} />
          )}
          {alerts.total > 0 && (
            <CardFooter>
              <Pagination page={alerts.page} pageSize={alerts.pageSize} total={alerts.total} href={(to) => alertsHref({ kind, feature, unread, page: to })} />
            </CardFooter>
          )}
        </Card>
      </Section>
      <Section
        title={text('thresholdsTitle')}
        description={text('thresholdsDescription')}
        actions={mayChange && <ThresholdsDialog key={JSON.stringify(thresholds)} thresholds={thresholds} features={limited} save={saveThresholds} />}
      >
        <ThresholdSummary thresholds={thresholds} features={limited} />
      </Section>
      <Section title={text('settingsTitle')} description={text('settingsText')} actions={mayChange && <SettingsDialog key={JSON.stringify(settings)} settings={settings} save={saveSettings} />}>
        <SettingsSummary
          settings={settings}
          spendCap={cap === null ? null : { minor: cap, currency: spend.currency }}
          budgets={centres.filter(({ budgetMinor, archivedAt }) => budgetMinor !== null && archivedAt === null).length}
          webhooks={webhooks}
        />
      </Section>
      {endpoints && <WebhooksSection endpoints={toPlain(endpoints)} deliveries={deliveries} read={readDeliveries} actions={permissions.includes('webhook:write') ? webhookActions : null} />}
    </Page>
  );
}
