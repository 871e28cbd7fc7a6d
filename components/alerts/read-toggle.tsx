'use client';

import { useTranslations } from 'next-intl';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { useNotify } from '@/components/ui/toast';
import { useProblem } from '../usage/use-problem';
import type { MarkRead, MarkUnread } from './types';

/** Marks an alert as read, or as new again. */
export function ReadToggle({ id, read, markRead, markUnread }: { id: string; read: boolean; markRead: MarkRead; markUnread: MarkUnread }) {
  const text = useTranslations('alerts');
  const notify = useNotify();
  const problemOf = useProblem();

  async function toggle(): Promise<void> {
    const result = await attempt(() => (read ? markUnread : markRead)({ id }));
    if (!result.ok) notify.failure(problemOf(result));
  }

  return (
    <Button size="small" variant="ghost" onClick={toggle}>
      {text(read ? 'markUnread' : 'markRead')}
    </Button>
  );
}
