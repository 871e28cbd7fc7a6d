'use client';

import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { StripeElementLocale } from '@stripe/stripe-js';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormActions } from '@/components/ui/field';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { queryClient } from '@/components/ui/query-client';
import { FieldsSkeleton, MethodFormSkeleton } from '../fields-skeleton';
import type { MethodFormProps } from '../method-form';
import { appearanceOfPage } from './appearance';
import { failureOf } from './failure-of';
import { openStripe } from './open-stripe';

/** Stripe's fields, in a frame of Stripe's: what is typed there never enters our page. */
export default function StripeMethodForm(props: MethodFormProps) {
  const { settings, clientSecret } = props;
  const text = useTranslations('pay');
  const locale = useLocale();
  const { data: stripe, isError, refetch } = useQuery({
    queryKey: ['stripe', settings, locale],
    queryFn: () => openStripe(settings, locale),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    structuralSharing: false,
  }, queryClient());
  const [appearance] = useState(appearanceOfPage);
  // Counts up to draw the fields anew after they could not be loaded.
  const [turn, setTurn] = useState(0);
  if (isError) return <ErrorState title={text('providerAwayTitle')} description={text('providerAway')} onRetry={() => refetch()} />;
  if (!stripe) return <MethodFormSkeleton />;
  return (
    <Elements key={turn} stripe={stripe} options={{ clientSecret, appearance, locale: locale as StripeElementLocale }}>
      <Fields {...props} onReload={() => setTurn(turn + 1)} />
    </Elements>
  );
}

function Fields({ returnUrl, submitLabel, onConfirmed, onOverlay, onReload, children }: MethodFormProps & { onReload: () => void }) {
  const text = useTranslations('pay');
  const reasons = useTranslations('payments');
  const stripe = useStripe();
  const elements = useElements();
  const [ready, setReady] = useState(false);
  const [unloaded, setUnloaded] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm() {
    if (!stripe || !elements) return;
    setProblem(null);
    onOverlay(true);
    const { error } = await stripe.confirmSetup({ elements, redirect: 'if_required', confirmParams: { return_url: returnUrl } });
    onOverlay(false);
    if (!error) return onConfirmed();
    const failure = failureOf(error);
    if (failure === 'unreachable') setProblem(text('providerAway'));
    else if (failure) setProblem(failure === 'declined' ? text('notStoredDeclined') : reasons(`reason.${failure}`));
  }

  if (unloaded) return <ErrorState title={text('providerAwayTitle')} description={text('providerAway')} onRetry={onReload} />;
  return (
    <div className="flex flex-col gap-4">
      <div className="relative min-h-56">
        {!ready && (
          <div className="absolute inset-0">
            <FieldsSkeleton />
          </div>
        )}
        <PaymentElement onReady={() => setReady(true)} onLoadError={() => setUnloaded(true)} options={{ layout: 'tabs' }} />
      </div>
      {problem && (
        <Notice tone="negative" urgent title={text('notStored')}>
          {problem}
        </Notice>
      )}
      <FormActions>
        {children}
        <Button variant="primary" disabled={!ready} onClick={confirm}>
          {submitLabel}
        </Button>
      </FormActions>
    </div>
  );
}
