'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AmountField } from '@/components/ui/amount-field';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { useProblem } from '../payments/use-problem';
import type { AutomaticView } from './types';

type Amounts = Pick<AutomaticView, 'thresholdMinor' | 'amountMinor' | 'monthlyCeilingMinor'>;

export interface AutomaticTopUpProps {
  settings: AutomaticView;
  /** Whether there is a payment method that it could charge. */
  hasMethod: boolean;
  save: (input: Amounts & { enabled: boolean }) => Promise<ActionResult<unknown>>;
}

const fields = [
  { name: 'thresholdMinor', label: 'threshold' },
  { name: 'amountMinor', label: 'each' },
  { name: 'monthlyCeilingMinor', label: 'ceiling' },
] as const;

/** Sets when credit is bought by itself. */
export function AutomaticDialog({ settings, hasMethod, save, open, onOpenChange }: AutomaticTopUpProps & OpenedBy) {
  const text = useTranslations('credit');
  const common = useTranslations('common');
  const notify = useNotify();
  const problemOf = useProblem();
  const [enabled, setEnabled] = useState(settings.enabled || settings.pausedBy === null);
  const [amounts, setAmounts] = useState<{ [name in keyof Amounts]: string | null }>(settings);
  const [problem, setProblem] = useState<{ field: string | null; sentence: string } | null>(null);

  async function submit() {
    setProblem(null);
    const { thresholdMinor, amountMinor, monthlyCeilingMinor } = amounts;
    if (thresholdMinor === null || amountMinor === null || monthlyCeilingMinor === null) return setProblem({ field: null, sentence: text('amountMissing') });
    const result = await attempt(() => save({ enabled, thresholdMinor, amountMinor, monthlyCeilingMinor }));
    if (result.ok) {
      notify.success(text('saved'));
      return onOpenChange(false);
    }
    const field = result.code === 'automatic_top_up_ceiling_too_low' ? 'monthlyCeilingMinor' : result.code === 'top_up_amount_not_allowed' ? 'amountMinor' : null;
    setProblem({ field, sentence: problemOf(result) });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      title={text('automaticTitle')}
      description={text('automaticText')}
      error={problem?.field === null && problem.sentence}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button variant="primary" onClick={submit}>
            {text('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {!hasMethod && <Notice tone="warning">{text('automaticNeedsMethod')}</Notice>}
        <Checkbox label={text('enabled')} checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
        {fields.map(({ name, label }) => (
          <AmountField
            key={name}
            label={text(label)}
            hint={name === 'monthlyCeilingMinor' ? text('ceilingHint') : undefined}
            error={problem?.field === name ? problem.sentence : undefined}
            currency={settings.currency}
            defaultMinor={settings[name]}
            onChange={(amount) => setAmounts((before) => ({ ...before, [name]: amount?.minor ?? null }))}
          />
        ))}
      </div>
    </Dialog>
  );
}
