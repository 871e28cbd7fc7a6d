'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usePortalRouter } from '@/components/ui/portal-link';
import { useEffect, useEffectEvent, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { Notice } from '@/components/ui/notice';
import { Card } from '@/components/ui/section';
import { usageLevel } from '@/components/ui/usage-level';
import { useLiveUsage } from '../usage/use-live-usage';
import { DayBars } from './day-bars';
import { topFeatures, type TopFeature } from './top-features';
import type { UseDto } from './types';

const shownFeatures = 5;

const levelsOf = (features: readonly TopFeature[]): string => features.map(({ feature, used, limit }) => `${feature.key} ${usageLevel(used, limit).level}`).sort().join();

/** The first few, and in place of the last of them the one whose days are drawn where it is not among them. */
function shownKeys(features: readonly TopFeature[], drawn: string | undefined): string[] {
  const keys = features.slice(0, shownFeatures).map(({ feature }) => feature.key);
  return drawn === undefined || keys.includes(drawn) ? keys : [...keys.slice(0, shownFeatures - 1), drawn];
}

/** The features closest to their limits and the days of the first of them, as they move. */
export function LiveFeatures({ use, today }: { use: UseDto; today: string }) {
  const text = useTranslations('overview');
  const usage = useTranslations('usage');
  const locale = useLocale();
  const router = usePortalRouter();
  const { summary, series, stale, isOver } = useLiveUsage(use);
  const atFirst = topFeatures(use.summary);
  const features = topFeatures(summary);
  // Rows stay where they are while their figures move.
  const [order] = useState(() => shownKeys(atFirst, use.series?.feature.key));
  const shown = order.flatMap((key) => features.find(({ feature }) => feature.key === key) ?? []);

  // What wants attention is told by the page: it is read again when a limit comes near or is reached.
  const changed = isOver || levelsOf(features) !== levelsOf(atFirst);
  const readAgain = useEffectEvent(() => router.refresh());
  useEffect(() => {
    if (changed) readAgain();
  }, [changed]);

  if (shown.length === 0) {
    return (
      <Card padding="none">
        <EmptyState title={text('noFeatures')} description={text('noFeaturesText')} />
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {stale && <Notice tone="warning">{usage('stale')}</Notice>}
      <Card>
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
          <ul className="flex min-w-0 flex-col gap-4" data-testid="top-features">
            {shown.map(({ feature, used: units, held, limit }) => (
              <li key={feature.key} data-feature={feature.key}>
                <Meter label={feature.name[locale]} name={feature.name[locale]} used={units} held={held} limit={limit} unit={feature.unit[locale]} />
              </li>
            ))}
          </ul>
          {series && <DayBars series={series} today={today} />}
        </div>
      </Card>
    </div>
  );
}
