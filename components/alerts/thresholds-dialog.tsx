'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SelectField, TextField } from '@/components/ui/field';
import { useNotify } from '@/components/ui/toast';
import type { Thresholds } from '@/lib/billing/alerts/alert';
import { parsePercentages, writePercentages } from './percentages';
import type { FeatureChoice, SaveThresholds } from './types';
import { useProblem } from '../usage/use-problem';

export interface ThresholdsDialogProps {
  thresholds: Thresholds;
  features: readonly FeatureChoice[];
  save: SaveThresholds;
}

/** A feature's own rule; one without is alerted like every other. */
interface Rule {
  kind: 'every' | 'own' | 'never';
  typed: string;
}

const orNever = (percents: number[]): number[] | null => (percents.length > 0 ? percents : null);

function ruleOf({ everyFeature, features }: Thresholds, key: string): Rule {
  const own = features.find(({ feature }) => feature === key)?.percents;
  if (!own) return { kind: 'every', typed: writePercentages(everyFeature) };
  return own.length === 0 ? { kind: 'never', typed: writePercentages(everyFeature) } : { kind: 'own', typed: writePercentages(own) };
}

/** Chooses at which percentages of their limits features alert. */
export function ThresholdsDialog({ thresholds, features, save }: ThresholdsDialogProps) {
  const text = useTranslations('alerts');
  const common = useTranslations('common');
  const notify = useNotify();
  const problemOf = useProblem();
  const [open, setOpen] = useState(false);
  const [every, setEvery] = useState(writePercentages(thresholds.everyFeature));
  const [rules, setRules] = useState<Record<string, Rule>>(() => Object.fromEntries(features.map(({ key }) => [key, ruleOf(thresholds, key)])));
  const [error, setError] = useState<string | null>(null);
  const change = (key: string, part: Partial<Rule>) => setRules((before) => ({ ...before, [key]: { ...(before[key] ?? ruleOf(thresholds, key)), ...part } }));
  const problemIn = (typed: string) => (parsePercentages(typed) === null ? text('percentagesInvalid') : undefined);

  async function submit(): Promise<void> {
    setError(null);
    const everyFeature = parsePercentages(every);
    const own = features.flatMap(({ key }) => {
      const rule = rules[key];
      if (!rule || rule.kind === 'every') return [];
      return [{ feature: key, percents: rule.kind === 'never' ? [] : parsePercentages(rule.typed) }];
    });
    if (everyFeature === null || own.some(({ percents }) => percents === null)) return setError(text('percentagesInvalid'));
    const result = await attempt(() => save({ everyFeature: orNever(everyFeature), ...(own.length > 0 && { features: own.map(({ feature, percents }) => ({ feature, percents: orNever(percents ?? []) })) }) }));
    if (!result.ok) return setError(problemOf(result));
    notify.success(text('thresholdsSaved'));
    setOpen(false);
  }

  return (
    <Dialog
      trigger={<Button size="small">{text('changeThresholds')}</Button>}
      open={open}
      onOpenChange={setOpen}
      title={text('thresholdsTitle')}
      description={text('thresholdsHelp')}
      error={error}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common('cancel')}</Button>
          <Button variant="primary" onClick={submit}>
            {text('saveThresholds')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <TextField label={text('everyFeature')} hint={text('percentagesHint')} value={every} onChange={(event) => setEvery(event.target.value)} error={problemIn(every)} />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-1 text-sm font-medium">{text('singleFeatures')}</legend>
          {features.map(({ key, label }) => {
            const rule = rules[key] ?? ruleOf(thresholds, key);
            return (
              <div key={key} className="grid items-end gap-2 sm:grid-cols-2">
                <SelectField
                  label={label}
                  value={rule.kind}
                  options={[
                    { value: 'every', label: text('likeEvery') },
                    { value: 'own', label: text('ownPercentages') },
                    { value: 'never', label: text('never') },
                  ]}
                  onChange={(event) => change(key, { kind: event.target.value as Rule['kind'] })}
                />
                {rule.kind === 'own' && (
                  <TextField
                    label={text('percentagesOf', { feature: label })}
                    hideLabel
                    value={rule.typed}
                    onChange={(event) => change(key, { typed: event.target.value })}
                    error={problemIn(rule.typed)}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      </div>
    </Dialog>
  );
}
