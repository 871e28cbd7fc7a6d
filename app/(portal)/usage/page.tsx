import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeriodSwitcher } from '@/components/usage/period-switcher';
import { FilterTabs } from '@/components/ui/navigation';
import { Page, PageHeader } from '@/components/ui/section';
import { listAlerts } from '@/lib/billing/alerts/list-alerts';
import { formatPeriod } from '@/lib/i18n/format';
import { Alerts } from './alerts';
import { Breakdown } from './breakdown';
import { Events } from './events';
import { readFrame } from './frame';
import { Overview } from './overview';
import { Refused } from './refused';
import { usageHref, views } from './search';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('usage');
  return { title: text('title') };
}

const contents = { overview: Overview, breakdown: Breakdown, events: Events, refused: Refused, alerts: Alerts };

export default async function UsagePage({ searchParams }: PageProps<'/usage'>) {
  const frame = await readFrame(await searchParams);
  const { context, locale, view, shown, period } = frame;
  const [text, { unread }] = await Promise.all([getTranslations('usage'), listAlerts(context, { unread: true, page: 1, pageSize: 1 })]);

  const hrefOf = (start: string) => usageHref({ view, ...(start !== shown.runningStart && { period: start }) });
  const periods = shown.periods.map((one) => {
    const label = formatPeriod(one, locale, shown.timeZone);
    return { href: hrefOf(one.start), label: one.start === shown.runningStart ? text('currentPeriod', { period: label }) : label };
  });
  const tabs = views.map((one) => ({
    href: usageHref({ view: one, ...(one !== 'alerts' && { period }) }),
    label: text(`view_${one}`),
    current: one === view,
    ...(one === 'alerts' && unread > 0 && { count: unread }),
  }));
  const Content = contents[view];
  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={view !== 'alerts' && <PeriodSwitcher periods={periods} currentHref={hrefOf(shown.period.start)} />}
      />
      <FilterTabs label={text('views')} tabs={tabs} />
      <Content {...frame} />
    </Page>
  );
}
