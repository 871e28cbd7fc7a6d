'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useNotify } from '@/components/ui/toast';
import { attempt } from '@/components/ui/attempt';
import type { PlainAction } from './types';
import { useProblem } from './use-problem';

/** Undoes what is scheduled for the period end. */
export function KeepPlan({ plan, keep }: { plan: string; keep: PlainAction }) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();

  async function undo() {
    const result = await attempt(() => keep({}));
    if (result.ok) notify.success(text('kept', { plan }));
    else notify.failure(problemOf(result), { retry: undo });
  }

  return <Button onClick={undo}>{text('keepPlan', { plan })}</Button>;
}
