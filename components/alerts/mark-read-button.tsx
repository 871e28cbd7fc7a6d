'use client';

import { useTranslations } from 'next-intl';
import { attempt } from '@/components/ui/attempt';
import { Button, type ButtonSize } from '@/components/ui/button';
import { useNotify } from '@/components/ui/toast';
import type { MarkRead } from './types';
import { useProblem } from '../usage/use-problem';

/** Marks all alerts as read. */
export function MarkReadButton({ markRead, size }: { markRead: MarkRead; size?: ButtonSize }) {
  const text = useTranslations('alerts');
  const notify = useNotify();
  const problemOf = useProblem();

  async function mark(): Promise<void> {
    const result = await attempt(() => markRead({}));
    if (!result.ok) notify.failure(problemOf(result));
  }

  return (
    <Button size={size} onClick={mark}>
      {text('markAllRead')}
    </Button>
  );
}
