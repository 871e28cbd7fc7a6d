'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import type { MethodView } from './types';
import { useProblem } from './use-problem';

export type RemoveAction = (input: { paymentMethodId: string; confirm?: boolean }) => Promise<ActionResult<unknown>>;

/** Removes a payment method, once more asked when it is the last one of a running subscription. */
export function RemoveMethod({ method, remove }: { method: MethodView; remove: RemoveAction }) {
  const text = useTranslations('pay');
  const notify = useNotify();
  const problemOf = useProblem();
  const [isLast, setIsLast] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm(): Promise<boolean> {
    setProblem(null);
    const result = await attempt(() => remove({ paymentMethodId: method.id, ...(isLast && { confirm: true }) }));
    if (result.ok) {
      notify.success(text('removed', { label: method.label }));
      return true;
    }
    if (result.code === 'last_payment_method') setIsLast(true);
    else setProblem(problemOf(result));
    return false;
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="small" variant="ghost" aria-label={text('removeNamed', { label: method.label })}>
          {text('remove')}
        </Button>
      }
      title={text('removeTitle', { label: method.label })}
      description={text('removeText')}
      confirmLabel={text(isLast ? 'removeLastConfirm' : 'remove')}
      tone="danger"
      onConfirm={confirm}
      error={problem}
    >
      {isLast && <Notice tone="warning" urgent>{text('removeLast')}</Notice>}
    </ConfirmDialog>
  );
}
