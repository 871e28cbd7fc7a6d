import { getTranslations } from 'next-intl/server';
import { BreakdownFigures } from '@/components/usage/breakdown-figures';
import { BreakdownTable } from '@/components/usage/breakdown-table';
import { EventFilter } from '@/components/usage/event-filter';
import { FilterTabs } from '@/components/ui/navigation';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { usageBreakdown } from '@/lib/billing/usage/breakdown/usage-breakdown';
import { toPlain } from '@/lib/http/plain';
import { formatQuantity } from '@/lib/i18n/format';
import { usedFeatures, type UsageFrame } from './frame';
import { breakdowns, usageHref } from './search';

/** Usage of some days by model, cost centre, status or feature, with what it cost and how it went. */
export async function Breakdown({ context, wanted, days, period, locale }: UsageFrame) {
  const [text, features] = await Promise.all([getTranslations('usage'), listFeatures()]);
  const feature = features.find(({ key }) => key === wanted.feature)?.key;
  const by = wanted.by ?? 'model';
  const breakdown = toPlain(await usageBreakdown(context, { ...days, by, feature }));
  const { unpricedTokens } = breakdown.total.cost;
  const search = { ...(wanted.from && days), ...(feature && { feature }) };
  return (
    <Section title={text('breakdownTitle')} description={text('breakdownDescription')}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <EventFilter
          key={JSON.stringify([days, feature])}
          days={days}
          feature={feature ?? ''}
          features={usedFeatures(features, locale)}
          keep={{ view: 'breakdown', by, ...(period && { period }) }}
        />
        <FilterTabs
          label={text('breakdownBy')}
          tabs={breakdowns.map((one) => ({ href: usageHref({ view: 'breakdown', by: one, period, ...search }), label: text(`by_${one}`), current: one === by }))}
        />
      </div>
      {breakdown.items.length > 0 && <BreakdownFigures total={breakdown.total} />}
      <Card padding="none">
        <BreakdownTable breakdown={breakdown} features={features} />
      </Card>
      {unpricedTokens !== '0' && <Notice>{text('unpriced', { tokens: formatQuantity(unpricedTokens, locale) })}</Notice>}
    </Section>
  );
}
