'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { FormActions } from '@/components/ui/field';
import { useNotify } from '@/components/ui/toast';
import { MethodLine } from '../payments/method-line';
import { NewMethod } from '../payments/new-method';
import type { GatewayView } from '../payments/types';
import type { ChargedActions, ChargedDto } from './types';
import { useProblem } from './use-problem';

interface ChargeToDialogProps extends OpenedBy {
  charged: ChargedDto;
  actions: ChargedActions;
  /** Where a new method can be entered on our pages; null: nowhere. */
  gateway: GatewayView | null;
}

const newMethod = 'new';

/** Has a payment provider charge another method for the subscription that it renews: a stored one or a new one. */
export function ChargeToDialog({ charged: { provider, others }, actions, gateway, open, onOpenChange }: ChargeToDialogProps) {
  const text = useTranslations('subscribing');
  const pay = useTranslations('pay');
  const notify = useNotify();
  const problemOf = useProblem();
  const [overlay, setOverlay] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Fixed when it opens: a method that is stored meanwhile does not take the form away.
  const [way, setWay] = useState(others[0]?.id ?? newMethod);

  async function change(paymentMethodId: string) {
    const result = await attempt(() => actions.change({ paymentMethodId }));
    if (!result.ok) return setProblem(problemOf(result));
    notify.success(text('chargedChanged'));
    onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} yields={overlay} title={text('chargedTitle')} description={text('chargedText', { provider })} error={problem}>
      <div className="flex flex-col gap-4">
        {others.length > 0 && (
          <RadioGroup
            cards
            legend={text('chargedWhich')}
            name="charge-to"
            value={way}
            onValueChange={setWay}
            options={[
              ...others.map((one) => ({ value: one.id, label: <MethodLine method={{ ...one, isDefault: false }} />, disabled: one.expiring === 'expired' })),
              ...(gateway ? [{ value: newMethod, label: pay('newMethod'), hint: pay('newMethodHint') }] : []),
            ]}
          />
        )}
        {way === newMethod && gateway ? (
          <NewMethod gateway={gateway} actions={actions} submitLabel={text('chargedStore')} onOverlay={setOverlay} onStored={async (id) => (id ? change(id) : onOpenChange(false))} />
        ) : (
          <FormActions>
            <Button variant="primary" onClick={() => change(way)}>
              {text('chargedConfirm')}
            </Button>
          </FormActions>
        )}
      </div>
    </Dialog>
  );
}
