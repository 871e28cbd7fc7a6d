'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type ReactNode } from 'react';
import { attempt, type Failure } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { queryClient } from '@/components/ui/query-client';
import { MethodFormSkeleton } from './fields-skeleton';
import { MethodForm } from './method-form';
import { pollAfter } from './payment-phase';
import { forgetSetupKey, setupKey } from './setup-key';
import type { GatewayView, MethodActions, SetupView } from './types';
import { useProblem } from './use-problem';

interface NewMethodProps {
  gateway: GatewayView;
  actions: MethodActions;
  submitLabel: string;
  /** With the stored method; null when its bank still checks it. */
  onStored: (paymentMethodId: string | null) => void | Promise<void>;
  /** True while a bank may lay something over the page. */
  onOverlay?: (open: boolean) => void;
  /** Buttons before the main one. */
  children?: ReactNode;
}

class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

const triesToFinish = 6;

/** Fields for a new payment method; stores it with the provider and tells which one it became. */
export function NewMethod({ gateway, actions, submitLabel, onStored, onOverlay, children }: NewMethodProps) {
  const text = useTranslations('pay');
  const reasons = useTranslations('payments');
  const problemOf = useProblem();
  const [problem, setProblem] = useState<string | null>(null);
  // Set when nobody heard whether it was stored: only asking again helps then, not storing again.
  const [unheard, setUnheard] = useState(false);
  const { data: setup, error, refetch } = useQuery({
    queryKey: ['payment-setup', useId()],
    queryFn: async () => {
      let result = await attempt(() => actions.begin({ requestKey: setupKey(Date.now()) }));
      if (result.ok && result.value.clientSecret === null) {
        forgetSetupKey();
        result = await attempt(() => actions.begin({ requestKey: setupKey(Date.now()) }));
      }
      if (!result.ok) throw new Refused(result);
      return result.value;
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  }, queryClient());

  async function read(setupId: string): Promise<SetupView | null> {
    let known: SetupView | null = null;
    for (let tries = 0; tries < triesToFinish; tries += 1) {
      const result = await attempt(() => actions.finish({ setupId }));
      if (!result.ok && result.code !== 'unreachable') throw new Refused(result);
      if (result.ok) known = result.value;
      if (known && ['succeeded', 'failed', 'canceled'].includes(known.status)) return known;
      await new Promise((resolve) => setTimeout(resolve, pollAfter(tries)));
    }
    return known;
  }

  async function finish(setupId: string): Promise<void> {
    setProblem(null);
    try {
      const known = await read(setupId);
      setUnheard(known === null);
      if (known === null) return;
      if (known.status === 'succeeded' || known.status === 'processing') {
        forgetSetupKey();
        return await onStored(known.paymentMethodId);
      }
      const reason = known.failureCode ?? 'declined';
      setProblem(reason === 'declined' ? text('notStoredDeclined') : reasons(`reason.${reason}`));
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      setProblem(problemOf(thrown.failure));
    }
  }

  if (error) {
    return <ErrorState title={text('providerAwayTitle')} description={error instanceof Refused ? problemOf(error.failure) : text('unreachable')} onRetry={() => refetch()} />;
  }
  if (!setup?.clientSecret) return <MethodFormSkeleton />;
  const { setupId, clientSecret } = setup;
  if (unheard) {
    return (
      <Notice tone="warning" urgent title={text('storeUnheard')} action={<Button onClick={() => finish(setupId)}>{text('checkAgain')}</Button>}>
        {text('unreachable')}
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {gateway.standIn && <p className="text-sm text-ink-muted">{text('standInHint')}</p>}
      {problem && (
        <Notice tone="negative" urgent title={text('notStored')}>
          {problem}
        </Notice>
      )}
      <MethodForm
        gateway={gateway}
        clientSecret={clientSecret}
        returnUrl={`${location.origin}/billing?setup=${setupId}`}
        submitLabel={submitLabel}
        onConfirmed={() => finish(setupId)}
        onOverlay={(open) => onOverlay?.(open)}
      >
        {children}
      </MethodForm>
    </div>
  );
}
