'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { queryClient } from '@/components/ui/query-client';
import { Spinner } from '@/components/ui/spinner';
import type { ActionResult } from '@/lib/http/action';
import { askingOn } from './payment-phase';
import type { CheckoutView } from './types';

interface CheckoutOutcomeProps {
  /** Null: this account has no such session. */
  first: CheckoutView | null;
  read: (input: { checkoutId: string }) => Promise<ActionResult<CheckoutView>>;
  /** The address of the page without the session. */
  pageHref: string;
}

/** What became of the provider's page that the customer comes from: what our server knows, read until it has ended. */
export function CheckoutOutcome({ first, read, pageHref }: CheckoutOutcomeProps) {
  const text = useTranslations('pay');
  const router = useRouter();
  const [view, setView] = useState(first);

  useQuery({
    queryKey: ['checkout', first?.id],
    queryFn: async () => {
      const result = await attempt(() => read({ checkoutId: first?.id ?? '' }));
      if (!result.ok) throw new Error(result.code);
      setView(result.value);
      if (result.value.status !== 'in_progress') router.refresh();
      return result.value.status;
    },
    enabled: view?.status === 'in_progress',
    ...askingOn,
  }, queryClient());

  const close = (
    <ButtonLink size="small" variant="ghost" href={pageHref} scroll={false}>
      {text('dismiss')}
    </ButtonLink>
  );
  if (!view) return <Notice action={close}>{text('returnUnknown')}</Notice>;
  switch (view.status) {
    case 'completed':
      return (
        <Notice tone="positive" title={text('returnCompleted')} action={close}>
          {text(view.mode === 'setup' ? 'returnCompleted_setup' : 'returnCompleted_payment')}
        </Notice>
      );
    case 'canceled':
      return (
        <Notice title={text('returnCanceled')} action={close}>
          {text('returnCanceledText')}
        </Notice>
      );
    case 'error':
      return (
        <Notice tone="negative" urgent title={text('returnError')} action={close}>
          {text('returnErrorText')}
        </Notice>
      );
    case 'in_progress':
      return (
        <Notice tone="accent" title={text('returnProgress')} action={<Spinner />}>
          {text('returnProgressText')}
        </Notice>
      );
  }
}
