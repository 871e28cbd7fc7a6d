'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Card, Section } from '@/components/ui/section';
import { SegmentedControl } from '@/components/ui/segmented-control';
import type { ChangeTarget } from './change-dialog';
import { GrantCell } from './grant-cell';
import { PlanHeader } from './plan-header';
import type { FeatureRowDto, IntervalName, PlanColumnDto, Rhythm, SubscriptionActions } from './types';

/** Loaded with the first plan that is chosen. */
const ChangeDialog = dynamic(() => import('./change-dialog').then((module) => module.ChangeDialog), { ssr: false });

interface PlanComparisonProps {
  columns: readonly PlanColumnDto[];
  rows: readonly FeatureRowDto[];
  currency: string;
  /** How the account is billed now; null before its first subscription. */
  current: Rhythm | null;
  /** Null for people who may only look. */
  actions: SubscriptionActions | null;
}

const keyOf = ({ interval, intervalCount }: Rhythm): string => `${intervalCount}-${interval}`;

const order: IntervalName[] = ['day', 'week', 'month', 'year'];
const byLength = (one: Rhythm, other: Rhythm): number => order.indexOf(one.interval) - order.indexOf(other.interval) || one.intervalCount - other.intervalCount;

// Where there is little room a feature's name stands above its values, so that the plans keep the whole width. Cells of a
// table that is laid out as a grid lose their roles in some browsers, hence the explicit ones.
const rowClass =
  'grid grid-cols-[repeat(var(--plans),minmax(0,1fr))] gap-x-3 px-3 md:px-4 lg:grid-cols-[minmax(9rem,1fr)_repeat(var(--plans),minmax(0,1.2fr))] lg:gap-x-5';

/** The plans side by side, feature by feature, with the prices of one billing interval. */
export function PlanComparison({ columns, rows, currency, current, actions }: PlanComparisonProps) {
  const text = useTranslations('subscription');
  const rhythms = new Map(columns.flatMap(({ offers }) => offers).sort(byLength).map((offer) => [keyOf(offer), offer]));
  const [chosen, setChosen] = useState(() => (current && rhythms.has(keyOf(current)) ? keyOf(current) : ([...rhythms.keys()][0] ?? '')));
  const [target, setTarget] = useState<ChangeTarget | null>(null);
  const [open, setOpen] = useState(false);

  return (
    <Section
      title={text('plans')}
      description={text('plansDescription', { currency })}
      actions={
        rhythms.size > 1 && (
          <SegmentedControl
            legend={text('rhythm')}
            name="rhythm"
            value={chosen}
            onValueChange={setChosen}
            options={[...rhythms].map(([value, { interval, intervalCount }]) => ({
              value,
              label: intervalCount === 1 ? text(`rhythm_${interval}`) : text('rhythm_other', { interval, count: intervalCount }),
            }))}
          />
        )
      }
    >
      <Card padding="none">
        <table role="table" aria-label={text('plans')} className="block text-sm" style={{ '--plans': columns.length } as React.CSSProperties}>
          <thead role="rowgroup" className="block border-b border-line bg-sunken">
            <tr role="row" className={rowClass}>
              <th role="columnheader" scope="col" className="sr-only lg:not-sr-only lg:py-4 lg:text-left lg:font-medium lg:text-ink-muted">
                {text('feature')}
              </th>
              {columns.map((column) => (
                <PlanHeader
                  key={column.key}
                  column={column}
                  offer={column.offers.find((offer) => keyOf(offer) === chosen)}
                  onChoose={
                    actions &&
                    ((offer) => {
                      setTarget({ plan: column, offer });
                      setOpen(true);
                    })
                  }
                />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className="block divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.key} role="row" className={`${rowClass} py-2.5`}>
                <th role="rowheader" scope="row" className="col-span-full pb-1 text-left font-normal text-ink-muted lg:col-span-1 lg:pb-0 lg:text-ink">
                  {row.name}
                  {row.note && <span className="text-xs text-ink-muted max-lg:ml-1.5 lg:block">{row.note}</span>}
                </th>
                {columns.map((column) => (
                  <td key={column.key} role="cell" className="min-w-0">
                    <GrantCell grant={column.grants[row.key]} row={row} currency={currency} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      {actions && target && <ChangeDialog key={`${target.plan.key} ${keyOf(target.offer)}`} target={target} open={open} onOpenChange={setOpen} actions={actions} />}
    </Section>
  );
}
