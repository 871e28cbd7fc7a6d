import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EventFilter } from '@/components/usage/event-filter';
import { EventTable } from '@/components/usage/event-table';
import { LiveUsage } from '@/components/usage/live-usage';
import { PeriodSwitcher } from '@/components/usage/period-switcher';
import { PlanFeatures } from '@/components/usage/plan-features';
import type { Days } from '@/components/usage/types';
import { ButtonLink } from '@/components/ui/button';
import { Pagination } from '@/components/ui/navigation';
import { Card, CardFooter, Page, PageHeader, Section } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { listUsage } from '@/lib/billing/usage/list-usage';
import { summarizeUsage } from '@/lib/billing/usage/summarize-usage';
import { usageSeries } from '@/lib/billing/usage/usage-series';
import { calendarDay } from '@/lib/billing/time/period';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { toPlain } from '@/lib/http/plain';
import { formatPeriod } from '@/lib/i18n/format';
import { wantedOf } from './search';

const pageSize = 20;

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('usage');
  return { title: text('title') };
}

/** The period asked for, or the running one where there is no such period. */
async function summaryOf(context: Context, period: Date | undefined) {
  try {
    return await summarizeUsage(context, period);
  } catch (error) {
    if (period && error instanceof DomainError && error.code === 'not_found') return summarizeUsage(context);
    throw error;
  }
}

export default async function UsagePage({ searchParams }: PageProps<'/usage'>) {
  const { context } = await requireSession();
  const wanted = wantedOf(await searchParams);
  const [text, locale, summary] = await Promise.all([getTranslations('usage'), getLocale(), summaryOf(context, wanted.period)]);

  const lastMoment = new Date(summary.period.end.getTime() - 1);
  const periodDays: Days = { from: calendarDay(summary.period.start, summary.timeZone), to: calendarDay(lastMoment, summary.timeZone) };
  const today = calendarDay(context.clock.now(), summary.timeZone);
  const from = wanted.from ?? periodDays.from;
  const to = wanted.to ?? (summary.running && today > from ? today : periodDays.to);
  const eventDays: Days = from <= to ? { from, to } : periodDays;

  const features = summary.items.map(({ feature }) => feature);
  const known = (key: string | undefined) => features.find((feature) => feature.key === key)?.key;
  const chart = known(wanted.chart) ?? [...summary.items].find(({ used }) => used > 0n)?.feature.key ?? features[0]?.key;
  const feature = known(wanted.feature);
  const [series, events] = await Promise.all([
    usageSeries(context, { ...periodDays, granularity: 'day', feature: chart }),
    listUsage(context, { ...eventDays, feature, page: wanted.page ?? 1, pageSize }),
  ]);

  const keep: Record<string, string> = {
    ...(!summary.running && { period: summary.period.start.toISOString() }),
    ...(wanted.chart && chart && { chart }),
  };
  const eventSearch = { ...eventDays, ...(feature && { feature }) };
  const shown = toPlain(summary);
  const [shownSeries] = toPlain(series);
  const hrefOf = (start: string) => (start === shown.runningStart ? '/usage' : `/usage?${new URLSearchParams({ period: start })}`);
  const periods = shown.periods.map((period) => {
    const label = formatPeriod(period, locale, shown.timeZone);
    return { href: hrefOf(period.start), label: period.start === shown.runningStart ? text('currentPeriod', { period: label }) : label };
  });

  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={<PeriodSwitcher periods={periods} currentHref={hrefOf(shown.period.start)} />}
      />
      {shownSeries && <LiveUsage key={`${shown.period.start} ${chart}`} summary={shown} series={shownSeries} days={periodDays} />}
      <PlanFeatures grants={shown.grants} />
      <Section
        title={text('eventsTitle')}
        description={text('eventsDescription')}
        actions={
          <ButtonLink size="small" href={`/api/v1/billing/usage/detail.csv?${new URLSearchParams(eventSearch)}`} download>
            {text('downloadCsv')}
          </ButtonLink>
        }
      >
        <EventFilter
          key={JSON.stringify(eventSearch)}
          days={eventDays}
          feature={feature ?? ''}
          features={features.map((one) => ({ value: one.key, label: one.name[locale] }))}
          keep={keep}
        />
        <Card padding="none">
          <EventTable events={toPlain(events.items)} features={features} />
          {events.total > 0 && (
            <CardFooter>
              <Pagination
                page={events.page}
                pageSize={events.pageSize}
                total={events.total}
                href={(page) => `/usage?${new URLSearchParams({ ...keep, ...eventSearch, page: String(page) })}`}
              />
            </CardFooter>
          )}
        </Card>
      </Section>
    </Page>
  );
}
