'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AmountField } from '@/components/ui/amount-field';
import { attempt, type Attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { useNotify } from '@/components/ui/toast';
import type { RemoveSpendCap, SaveSpendCap } from './types';
import { useProblem } from './use-problem';

export interface SpendCapDialogProps {
  currency: string;
  /** Null: there is no cap. */
  capMinor: string | null;
  save: SaveSpendCap;
  remove: RemoveSpendCap;
}

/** Sets, changes or removes the spend cap. */
export function SpendCapDialog({ currency, capMinor, save, remove, open, onOpenChange }: SpendCapDialogProps & OpenedBy) {
  const text = useTranslations('usage');
  const common = useTranslations('common');
  const notify = useNotify();
  const problemOf = useProblem();
  const [amountMinor, setAmountMinor] = useState<string | null>(capMinor);
  const [error, setError] = useState<string | null>(null);

  async function finish(done: Attempt<unknown>, message: string): Promise<void> {
    if (!done.ok) return setError(problemOf(done));
    notify.success(message);
    onOpenChange(false);
  }

  async function submit(): Promise<void> {
    setError(null);
    if (amountMinor === null) return setError(text('amountMissing'));
    await finish(await attempt(() => save({ amountMinor })), text('spendCapSaved'));
  }

  async function takeAway(): Promise<void> {
    setError(null);
    await finish(await attempt(() => remove({})), text('spendCapRemoved'));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      title={text('spendCap')}
      description={text('spendCapHelp')}
      error={error}
      footer={
        <>
          {capMinor !== null && (
            <Button variant="ghost" onClick={takeAway}>
              {text('removeSpendCap')}
            </Button>
          )}
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button variant="primary" onClick={submit}>
            {text('saveSpendCap')}
          </Button>
        </>
      }
    >
      <AmountField
        label={text('spendCapAmount')}
        hint={text('spendCapHint')}
        currency={currency}
        {...(capMinor !== null && { defaultMinor: capMinor })}
        onChange={(amount) => setAmountMinor(amount?.minor ?? null)}
      />
    </Dialog>
  );
}
