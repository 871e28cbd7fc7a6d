import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeriodSwitcher } from '@/components/usage/period-switcher';
import { ButtonLink } from '@/components/ui/button';
import { FilterTabs } from '@/components/ui/navigation';
import { Page, PageHeader } from '@/components/ui/section';
import { formatPeriod } from '@/lib/i18n/format';
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

const contents = { overview: Overview, breakdown: Breakdown, events: Events, refused: Refused };

export default async function UsagePage({ searchParams }: PageProps<'/usage'>) {
  const frame = await readFrame(await searchParams);
  const { locale, view, shown, period } = frame;
  const text = await getTranslations('usage');

  const hrefOf = (start: string) => usageHref({ view, ...(start !== shown.runningStart && { period: start }) });
  const periods = shown.periods.map((one) => {
    const label = formatPeriod(one, locale, shown.timeZone);
    return { href: hrefOf(one.start), label: one.start === shown.runningStart ? text('currentPeriod', { period: label }) : label };
  });
  const tabs = views.map((one) => ({ href: usageHref({ view: one, period }), label: text(`view_${one}`), current: one === view }));
  const Content = contents[view];
  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={
          <>
            <ButtonLink href="/alerts">{text('toAlerts')}</ButtonLink>
            <PeriodSwitcher periods={periods} currentHref={hrefOf(shown.period.start)} />
          </>
        }
      />
      <FilterTabs label={text('views')} tabs={tabs} />
      <Content {...frame} />
    </Page>
  );
}
