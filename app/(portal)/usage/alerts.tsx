import { getTranslations } from 'next-intl/server';
import { AlertTable } from '@/components/usage/alert-table';
import { MarkReadButton } from '@/components/usage/mark-read-button';
import { ThresholdSummary } from '@/components/usage/threshold-summary';
import { ThresholdsDialog } from '@/components/usage/thresholds-dialog';
import { Pagination } from '@/components/ui/navigation';
import { Card, CardFooter, Section } from '@/components/ui/section';
import { listAlerts } from '@/lib/billing/alerts/list-alerts';
import { getThresholds } from '@/lib/billing/alerts/thresholds';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { toPlain } from '@/lib/http/plain';
import { markRead, saveThresholds } from './actions';
import type { UsageFrame } from './frame';
import { usageHref } from './search';

const pageSize = 20;

/** What was alerted, and when the account is. */
export async function Alerts({ context, permissions, wanted, locale }: UsageFrame) {
  const [text, features, thresholds, alerts] = await Promise.all([
    getTranslations('usage'),
    listFeatures(),
    getThresholds(context),
    listAlerts(context, { page: wanted.page ?? 1, pageSize }),
  ]);
  const mayChange = permissions.includes('alert:write');
  const choices = features.filter(({ kind }) => kind === 'metered' || kind === 'level').map((one) => ({ key: one.key, label: one.name[locale] }));
  return (
    <>
      <Section
        title={text('thresholdsTitle')}
        description={text('thresholdsDescription')}
        actions={mayChange && <ThresholdsDialog key={JSON.stringify(thresholds)} thresholds={thresholds} features={choices} save={saveThresholds} />}
      >
        <ThresholdSummary thresholds={thresholds} features={choices} />
      </Section>
      <Section title={text('alertsTitle')} description={text('alertsDescription')} actions={mayChange && alerts.unread > 0 && <MarkReadButton markRead={markRead} />}>
        <Card padding="none">
          <AlertTable alerts={toPlain(alerts.items)} features={features} />
          {alerts.total > 0 && (
            <CardFooter>
              <Pagination page={alerts.page} pageSize={alerts.pageSize} total={alerts.total} href={(page) => usageHref({ view: 'alerts', page: String(page) })} />
            </CardFooter>
          )}
        </Card>
      </Section>
    </>
  );
}
