'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { usePortalRouter } from '@/components/ui/portal-link';
import { queryClient } from '@/components/ui/query-client';
import { useNotify } from '@/components/ui/toast';
import { askingOn } from './payment-phase';
import type { CheckoutView } from './types';
import type { OpenedPage } from './use-provider-page';

async function readStatus(checkoutId: string): Promise<CheckoutView['status']> {
  const answer = await fetch(`/api/v1/billing/checkout-sessions/${checkoutId}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { payload: Pick<CheckoutView, 'status'> }).payload.status;
}

/** Says that the customer goes on in another window, and reads what came of it until it has ended. */
export function ProviderWindow({ opened: { checkoutId, url, isBlocked }, onEnd }: { opened: OpenedPage; onEnd: () => void }) {
  const text = useTranslations('embed');
  const pay = useTranslations('pay');
  const notify = useNotify();
  const router = usePortalRouter();

  useQuery({
    queryKey: ['provider-window', checkoutId],
    queryFn: async () => {
      const status = await readStatus(checkoutId);
      if (status === 'in_progress') return status;
      if (status === 'completed') notify.success(pay('returnCompleted'));
      else notify.failure(pay(status === 'canceled' ? 'returnCanceled' : 'returnError'));
      router.refresh();
      onEnd();
      return status;
    },
    ...askingOn,
    refetchOnWindowFocus: 'always',
  }, queryClient());

  return (
    <Notice
      tone={isBlocked ? 'warning' : 'accent'}
      urgent
      title={text(isBlocked ? 'windowBlocked' : 'windowOpened')}
      action={
        <span className="flex flex-wrap items-center gap-2">
          <a href={url} target="_blank" rel="noopener" className="font-medium text-accent-ink underline underline-offset-2">
            {text('openWindow')}
          </a>
          <Button size="small" variant="ghost" onClick={onEnd}>
            {text('windowStop')}
          </Button>
        </span>
      }
    >
      {text(isBlocked ? 'windowBlockedText' : 'windowOpenedText')}
    </Notice>
  );
}
