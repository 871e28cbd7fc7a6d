'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/section';
import { formatDate, formatQuantity } from '@/lib/i18n/format';
import { ExtraPrice } from './extra-price';
import { KeepExtra } from './keep-extra';
import type { ExtraActions, ExtraDto, ExtrasBase } from './types';

const QuantityDialog = dynamic(() => import('./quantity-dialog').then((module) => module.QuantityDialog), { ssr: false });

interface ExtrasSectionProps {
  extras: readonly ExtraDto[];
  base: ExtrasBase;
  /** Null for people who may only look, and while nothing can be changed. */
  actions: ExtraActions | null;
}

/** Seats, other units and add-ons that are sold with the plan: how many there are, what they cost, and the way to another number. */
export function ExtrasSection({ extras, base, actions }: ExtrasSectionProps) {
  const text = useTranslations('extras');
  const [chosen, setChosen] = useState<ExtraDto | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <Section title={text('title')} description={text('description')}>
      <Card padding="none">
        <ul className="divide-y divide-line">
          {extras.map((extra) => (
            <ExtraRow
              key={`${extra.kind} ${extra.key}`}
              extra={extra}
              base={base}
              actions={actions}
              onChange={() => {
                setChosen(extra);
                setOpen(true);
              }}
            />
          ))}
        </ul>
      </Card>
      {actions && chosen && <QuantityDialog key={`${chosen.kind} ${chosen.key}`} extra={chosen} base={base} open={open} onOpenChange={setOpen} actions={actions} />}
    </Section>
  );
}

function ExtraRow({ extra, base, actions, onChange }: { extra: ExtraDto; base: ExtrasBase; actions: ExtraActions | null; onChange: () => void }) {
  const text = useTranslations('extras');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { name, description, quantity, pendingQuantity, unit, price } = extra;
  const isSwitch = price.kind === 'flat';
  const held = quantity !== '0';
  const date = formatDate(base.periodEnd, locale, timeZone);
  const amount = (value: string) => text('quantity', { quantity: formatQuantity(value, locale), unit }).trim();
  const way = held ? (isSwitch ? 'remove' : 'change') : 'add';
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-ink-muted">
          {description ? text.rich('described', { description, price: () => <ExtraPrice extra={extra} base={base} /> }) : <ExtraPrice extra={extra} base={base} />}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="text-right max-sm:text-left">
          <p className={held ? 'tabular font-medium' : 'text-ink-muted'}>{held ? (isSwitch ? text('held') : amount(quantity)) : text('notHeld')}</p>
          {pendingQuantity !== null && (
            <p className="text-sm text-warning-ink">{pendingQuantity === '0' ? text('ends', { date }) : text('falls', { quantity: amount(pendingQuantity), date })}</p>
          )}
        </div>
        {actions && (
          <span className="flex gap-2">
            {pendingQuantity !== null && <KeepExtra extra={extra} actions={actions} />}
            {!(isSwitch && pendingQuantity !== null) && (
              <Button size="small" aria-label={text(`${way}Named`, { name })} onClick={onChange}>
                {text(way)}
              </Button>
            )}
          </span>
        )}
      </div>
    </li>
  );
}
