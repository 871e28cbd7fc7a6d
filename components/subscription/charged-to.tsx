'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { FormActions } from '@/components/ui/field';
import { useNotify } from '@/components/ui/toast';
import { hasMethodForm } from '../payments/method-form';
import { MethodLine } from '../payments/method-line';
import { NewMethod } from '../payments/new-method';
import type { ChargedDto, ChargedActions } from './types';
import { useProblem } from './use-problem';

interface ChargedToProps {
  charged: ChargedDto;
  /** Null for people who may only look, and where the provider changes it on its own pages alone. */
  actions: ChargedActions | null;
}

const newMethod = 'new';

/** What a payment provider charges the subscription to that it renews, and the way to another card. */
export function ChargedTo({ charged: { method, provider, others }, actions }: ChargedToProps) {
  const text = useTranslations('subscribing');
  const pay = useTranslations('pay');
  const notify = useNotify();
  const problemOf = useProblem();
  const [open, setOpen] = useState(false);
  const [overlay, setOverlay] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const gateway = actions?.gateway && hasMethodForm(actions.gateway) ? actions.gateway : null;
  const way = chosen ?? newMethod;

  function show(next: boolean) {
    setOpen(next);
    setProblem(null);
    // Fixed when it opens: a method that is stored meanwhile does not take the form away.
    setChosen(next ? (others[0]?.id ?? newMethod) : null);
  }

  async function change(paymentMethodId: string) {
    if (!actions) return;
    const result = await attempt(() => actions.change({ paymentMethodId }));
    if (!result.ok) return setProblem(problemOf(result));
    notify.success(text('chargedChanged'));
    show(false);
  }

  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {method ? <MethodLine method={{ ...method, isDefault: false }} /> : text('chargedAtProvider', { provider })}
      {actions && (others.length > 0 || gateway) && (
        <>
          <Button size="small" onClick={() => show(true)}>
            {text('chargedChange')}
          </Button>
          <Dialog open={open} onOpenChange={show} yields={overlay} title={text('chargedTitle')} description={text('chargedText', { provider })} error={problem}>
            <div className="flex flex-col gap-4">
              {others.length > 0 && (
                <RadioGroup
                  cards
                  legend={text('chargedWhich')}
                  name="charge-to"
                  value={way}
                  onValueChange={setChosen}
                  options={[
                    ...others.map((one) => ({ value: one.id, label: <MethodLine method={{ ...one, isDefault: false }} />, disabled: one.expiring === 'expired' })),
                    ...(gateway ? [{ value: newMethod, label: pay('newMethod'), hint: pay('newMethodHint') }] : []),
                  ]}
                />
              )}
              {way === newMethod && gateway ? (
                <NewMethod gateway={gateway} actions={actions} submitLabel={text('chargedStore')} onOverlay={setOverlay} onStored={async (id) => (id ? change(id) : show(false))} />
              ) : (
                <FormActions>
                  <Button variant="primary" onClick={() => change(way)}>
                    {text('chargedConfirm')}
                  </Button>
                </FormActions>
              )}
            </div>
          </Dialog>
        </>
      )}
    </span>
  );
}
