import { getTranslations } from 'next-intl/server';
import { EventFilter } from '@/components/usage/event-filter';
import { EventTable } from '@/components/usage/event-table';
import { ButtonLink } from '@/components/ui/button';
import { Pagination } from '@/components/ui/navigation';
import { Card, CardFooter, Section } from '@/components/ui/section';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { listUsage } from '@/lib/billing/usage/list-usage';
import { toPlain } from '@/lib/http/plain';
import { usedFeatures, type UsageFrame } from './frame';
import { usageHref } from './search';

const pageSize = 20;

/** Every recorded piece of usage of some days. */
export async function Events({ context, wanted, days, period, locale }: UsageFrame) {
  const [text, features] = await Promise.all([getTranslations('usage'), listFeatures()]);
  const feature = features.find(({ key }) => key === wanted.feature)?.key;
  const events = await listUsage(context, { ...days, feature, page: wanted.page ?? 1, pageSize });
  const search = { ...days, ...(feature && { feature }) };
  return (
    <Section
      title={text('eventsTitle')}
      description={text('eventsDescription')}
      actions={
        <ButtonLink size="small" href={`/api/v1/billing/usage/detail.csv?${new URLSearchParams(search)}`} download>
          {text('downloadCsv')}
        </ButtonLink>
      }
    >
      <EventFilter
        key={JSON.stringify(search)}
        days={days}
        feature={feature ?? ''}
        features={usedFeatures(features, locale)}
        keep={{ view: 'events', ...(period && { period }) }}
      />
      <Card padding="none">
        <EventTable events={toPlain(events.items)} features={features} />
        {events.total > 0 && (
          <CardFooter>
            <Pagination
              page={events.page}
              pageSize={events.pageSize}
              total={events.total}
              href={(page) => usageHref({ view: 'events', period, ...search, page: String(page) })}
            />
          </CardFooter>
        )}
      </Card>
    </Section>
  );
}
