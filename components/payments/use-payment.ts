'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { attempt, type Failure } from '@/components/ui/attempt';
import type { ActionResult } from '@/lib/http/action';
import { confirmPayment } from './method-form';
import { phaseOf, pollAfter, type PaymentPhase } from './payment-phase';
import type { GatewayView, PaymentView } from './types';

interface Payable {
  /** Names what is paid, such as the invoice's id. */
  key: string;
  gateway: GatewayView | null;
  /** Where it stood when the page was made. */
  first: PaymentView;
  pay: (paymentMethodId: string) => Promise<ActionResult<PaymentView>>;
  read: () => Promise<ActionResult<PaymentView>>;
  onPaid?: () => void;
}

export interface Payment {
  phase: PaymentPhase;
  view: PaymentView;
  /** Why the last request was refused or not answered. */
  problem: Failure | null;
  /** Whether the server could not be reached when it was asked last. */
  isStale: boolean;
  pay: (paymentMethodId: string) => Promise<void>;
  /** Offers to pay again after a failure. */
  again: () => void;
}

/**
 * One payment from the press of the button to its end: asks the server, has the bank ask the customer, then reads until the
 * end is known, ever more seldom and only while the page is seen. What the page starts with may be half-way: it goes on.
 */
export function usePayment({ key, gateway, first, pay, read, onPaid }: Payable): Payment {
  const locale = useLocale();
  const router = useRouter();
  const [view, setView] = useState(first);
  const [step, setStep] = useState<'paying' | 'confirming' | 'choosing' | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const phase: PaymentPhase = step ?? phaseOf(view);

  function learn(next: PaymentView): void {
    setView(next);
    setStep(null);
    const reached = phaseOf(next);
    if (reached === 'paid') onPaid?.();
    if (reached === 'paid' || reached === 'failed') router.refresh();
  }

  async function look(): Promise<PaymentView> {
    const result = await attempt(read);
    if (!result.ok) throw new Error(result.code);
    learn(result.value);
    return result.value;
  }

  const { isError: isStale } = useQuery({
    queryKey: ['payment', key, view.status],
    queryFn: look,
    enabled: phase === 'processing',
    refetchInterval: ({ state }) => pollAfter(state.dataUpdateCount + state.errorUpdateCount),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

  async function start(paymentMethodId: string): Promise<void> {
    setProblem(null);
    setStep('paying');
    const result = await attempt(() => pay(paymentMethodId));
    if (!result.ok) {
      setProblem(result);
      // Not heard: the payment may have begun, so the server is asked before anybody pays again.
      if (result.code === 'unreachable') await look().catch(() => setStep(null));
      else setStep(null);
      return;
    }
    const { clientSecret, status } = result.value;
    if (status !== 'requires_action' || !clientSecret || !gateway) return learn(result.value);
    setView(result.value);
    setStep('confirming');
    const confirmation = await confirmPayment(gateway, clientSecret, locale);
    await look().catch(() => setStep(null));
    if (!confirmation.ok && confirmation.reason === 'unreachable') setProblem({ ok: false, code: 'unreachable' });
  }

  return { phase, view, problem, isStale, pay: start, again: () => setStep('choosing') };
}
