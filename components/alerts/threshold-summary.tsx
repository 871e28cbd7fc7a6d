import { useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';
import { Card } from '@/components/ui/section';
import type { Thresholds } from '@/lib/billing/alerts/alert';
import type { FeatureChoice } from './types';

/** When the account is alerted, in words. */
export function ThresholdSummary({ thresholds, features }: { thresholds: Thresholds; features: readonly FeatureChoice[] }) {
  const text = useTranslations('alerts');
  const said = (percents: readonly number[]) => (percents.length === 0 ? text('never') : percents.map((percent) => `${percent}%`).join(' · '));
  const nameOf = (key: string) => features.find((feature) => feature.key === key)?.label ?? key;
  const items = [
    { term: text(thresholds.features.length > 0 ? 'otherFeatures' : 'everyFeature'), value: said(thresholds.everyFeature) },
    ...thresholds.features.map(({ feature, percents }) => ({ term: nameOf(feature), value: said(percents) })),
  ];
  return (
    <Card>
      <DescriptionList items={items} />
    </Card>
  );
}
