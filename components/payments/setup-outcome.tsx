'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { attempt } from '@/components/ui/attempt';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { queryClient } from '@/components/ui/query-client';
import { Spinner } from '@/components/ui/spinner';
import { pollAfter } from './payment-phase';
import type { MethodActions, SetupView } from './types';

const isOver = ({ status }: SetupView): boolean => status === 'succeeded' || status === 'failed' || status === 'canceled';

/** What became of a payment method whose bank had a page of its own; the customer comes back from it. */
export function SetupOutcome({ setupId, finish, pageHref }: { setupId: string; finish: MethodActions['finish']; pageHref: string }) {
  const text = useTranslations('pay');
  const reasons = useTranslations('payments');
  const router = useRouter();
  const { data: setup, isError } = useQuery({
    queryKey: ['setup-return', setupId],
    queryFn: async () => {
      const result = await attempt(() => finish({ setupId }));
      if (!result.ok && result.code === 'not_found') return null;
      if (!result.ok) throw new Error(result.code);
      if (isOver(result.value)) router.refresh();
      return result.value;
    },
    refetchInterval: ({ state }) => (state.data === null || (state.data && isOver(state.data)) ? false : pollAfter(state.dataUpdateCount + state.errorUpdateCount)),
    retry: false,
  }, queryClient());
  const close = (
    <ButtonLink size="small" variant="ghost" href={pageHref} scroll={false}>
      {text('dismiss')}
    </ButtonLink>
  );
  if (setup === null) return <Notice action={close}>{text('returnUnknown')}</Notice>;
  if (setup?.status === 'succeeded') return <Notice tone="positive" title={text('storedSomething')} action={close} />;
  if (setup && isOver(setup)) {
    return (
      <Notice tone="negative" urgent title={text('notStored')} action={close}>
        {reasons(`reason.${setup.failureCode ?? 'authentication_failed'}`)}
      </Notice>
    );
  }
  return (
    <Notice tone="accent" title={text('returnProgress')} action={<Spinner />}>
      {text(isError ? 'processingStale' : 'returnProgressText')}
    </Notice>
  );
}
