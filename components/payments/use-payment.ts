'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { attempt, type Failure } from '@/components/ui/attempt';
import { queryClient } from '@/components/ui/query-client';
import type { ActionResult } from '@/lib/http/action';
import { confirmPayment } from './method-form';
import { askingOn, phaseOf, type PaymentPhase } from './payment-phase';
import type { GatewayView, PaymentView } from './types';

export interface PaymentRequest {
  paymentMethodId: string;
  /** The same for the same wish to pay, so that it is one charge however often it is sent. */
  requestKey: string;
}

interface Payable {
  /** Names what is paid and how much, such as the invoice's id: another is another wish to pay. */
  key: string;
  gateway: GatewayView;
  /** Where it stood when the page was made. */
  first: PaymentView;
  /** A stored method that is charged as soon as this is shown. */
  atOnce?: string | undefined;
  pay: (request: PaymentRequest) => Promise<ActionResult<PaymentView>>;
  read: (attemptId: string) => Promise<ActionResult<PaymentView>>;
  onPaid: () => void;
  /** True while the bank's question may lie over the page. */
  onOverlay?: ((open: boolean) => void) | undefined;
}

export interface Payment {
  phase: PaymentPhase;
  view: PaymentView;
  /** Why the last request was refused or not answered. */
  problem: Failure | null;
  /** Whether the server could not be reached when it was asked last. */
  isStale: boolean;
  pay: (paymentMethodId: string) => Promise<void>;
  /** Offers every way to pay, though the bank still waits for an answer. */
  chooseAgain: () => void;
}

/** Whether the customer is to say how to pay. */
export const isChoosing = ({ phase }: Payment): boolean => phase === 'choosing' || phase === 'failed';

/**
 * One payment from the press of the button to its end: asks the server, has the bank ask the customer, then reads until the
 * end is known, ever more seldom and only while the page is seen. What the page starts with may be half-way: it goes on.
 */
export function usePayment({ key, gateway, first, atOnce, pay, read, onPaid, onOverlay }: Payable): Payment {
  const locale = useLocale();
  const router = useRouter();
  const [view, setView] = useState(first);
  const [step, setStep] = useState<'paying' | 'confirming' | 'choosing' | null>(atOnce ? 'paying' : null);
  const [problem, setProblem] = useState<Failure | null>(null);
  /** Counts what the person decided: an answer to what was asked before counts no more. */
  const turn = useRef(0);
  const wish = useRef<(PaymentRequest & { key: string }) | null>(null);
  const phase: PaymentPhase = step ?? phaseOf(view);

  // The page was made anew: what it says counts, unless something is under way here.
  const [made, setMade] = useState(first);
  if (made.attemptId !== first.attemptId || made.status !== first.status) {
    setMade(first);
    if (step === null) setView(first);
  }

  function learn(next: PaymentView): void {
    setView(next);
    setStep(null);
    const reached = phaseOf(next);
    if (reached !== 'paid' && reached !== 'failed') return;
    wish.current = null;
    if (reached === 'paid') onPaid();
    router.refresh();
  }

  async function look(attemptId: string | null): Promise<PaymentView> {
    const asked = turn.current;
    const result = await attempt(() => read(attemptId ?? ''));
    if (!result.ok) throw new Error(result.code);
    if (asked === turn.current) learn(result.value);
    return result.value;
  }

  const { isError: isStale } = useQuery({
    queryKey: ['payment', key, view.attemptId],
    queryFn: () => look(view.attemptId),
    // Also while the bank waits: it may have been answered elsewhere, or just now, when our server had asked a moment before.
    enabled: phase === 'processing' || phase === 'unconfirmed',
    ...askingOn,
  }, queryClient());

  async function start(paymentMethodId: string): Promise<void> {
    turn.current += 1;
    setProblem(null);
    setStep('paying');
    const isSame = wish.current?.paymentMethodId === paymentMethodId && wish.current.key === key;
    const requestKey = (isSame && wish.current?.requestKey) || crypto.randomUUID();
    wish.current = { key, paymentMethodId, requestKey };
    const result = await attempt(() => pay({ paymentMethodId, requestKey }));
    if (!result.ok) {
      setProblem(result);
      return setStep(null);
    }
    const { attemptId, clientSecret, status } = result.value;
    if (status !== 'requires_action' || !clientSecret) return learn(result.value);
    setView(result.value);
    setStep('confirming');
    onOverlay?.(true);
    const confirmation = await confirmPayment(gateway, clientSecret, locale);
    onOverlay?.(false);
    if (!confirmation.ok && confirmation.reason === 'unreachable') setProblem({ ok: false, code: 'unreachable' });
    await look(attemptId).catch(() => setStep(null));
  }

  const payAtOnce = useEffectEvent(() => {
    if (atOnce && !wish.current) void start(atOnce);
  });
  useEffect(() => payAtOnce(), []);

  function chooseAgain(): void {
    turn.current += 1;
    setStep('choosing');
  }

  return { phase, view, problem, isStale, pay: start, chooseAgain };
}
