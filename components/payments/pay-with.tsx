'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/choice';
import { FormActions } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { MethodFormSkeleton } from './fields-skeleton';
import { hasMethodForm, prepareMethodForm } from './method-form';
import { MethodLine } from './method-line';
import { isUsable, pagesFor, type GatewayView, type MethodActions, type MethodView, type OpenCheckout } from './types';
import { ProviderWindow } from './provider-window';
import { useProblem } from './use-problem';
import { useProviderPage } from './use-provider-page';

const loadNewMethod = () => import('./new-method');
const NewMethod = dynamic(() => loadNewMethod().then((module) => module.NewMethod), { ssr: false, loading: MethodFormSkeleton });

/** Has our part of the fields for a new method loaded by the time that they are wanted; if that fails, showing them loads it again. The provider is asked nothing before. */
export function prepareFields(gateway: GatewayView): void {
  if (!hasMethodForm(gateway)) return;
  loadNewMethod().catch(() => undefined);
  prepareMethodForm(gateway);
}

interface PayWithProps {
  /** The amount as text, in the reader's language. */
  amount: string;
  gateway: GatewayView;
  methods: readonly MethodView[];
  methodActions: MethodActions;
  /** Opens a provider's page for this payment. */
  openCheckout: OpenCheckout;
  onPay: (paymentMethodId: string) => Promise<void>;
  onOverlay?: (open: boolean) => void;
  /** Buttons before the main one. */
  children?: ReactNode;
}

const newMethod = 'new';
const pageOf = (gateway: string): string => `page ${gateway}`;

/** Asks how to pay, a stored method, a new one or a provider's page, and has it paid so. */
export function PayWith({ amount, gateway, methods, methodActions, openCheckout, onPay, onOverlay, children }: PayWithProps) {
  const text = useTranslations('pay');
  const problemOf = useProblem();
  const embed = useTranslations('embed');
  const providerPage = useProviderPage();
  const [problem, setProblem] = useState<string | null>(null);
  const pages = pagesFor(gateway, 'payment');
  const options = [
    ...methods.map((method) => ({ value: method.id, label: <MethodLine method={method} />, disabled: !isUsable(method) })),
    ...(hasMethodForm(gateway) ? [{ value: newMethod, label: text('newMethod'), hint: text('newMethodHint') }] : []),
    ...pages.map(({ name, title }) => ({ value: pageOf(name), label: text('providerPage', { provider: title }), hint: providerPage.isWindow ? embed('windowHint') : text('providerPageHint') })),
  ];
  const usable = methods.filter(isUsable);
  const [chosen, setChosen] = useState<string | null>(null);
  const isOffered = options.some(({ value }) => value === chosen);
  const way = isOffered && chosen !== null ? chosen : ((usable.find(({ isDefault }) => isDefault) ?? usable[0])?.id ?? options[0]?.value ?? newMethod);

  const page = pages.find(({ name }) => pageOf(name) === way)?.name;

  async function leave(name: string) {
    setProblem(null);
    const failure = await providerPage.go(() => openCheckout({ gateway: name }));
    if (failure) setProblem(problemOf(failure));
  }

  if (providerPage.opened) return <ProviderWindow opened={providerPage.opened} onEnd={providerPage.forget} />;
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup cards legend={text('payHow')} name="pay-with" value={way} onValueChange={setChosen} options={options} />
      {problem && (
        <Notice tone="negative" urgent title={text('refusedTitle')}>
          {problem}
        </Notice>
      )}
      {way === newMethod ? (
        <NewMethod gateway={gateway} actions={methodActions} submitLabel={text('storeAndPay', { amount })} onStored={async (id) => void (id && (await onPay(id)))} {...(onOverlay && { onOverlay })}>
          {children}
        </NewMethod>
      ) : (
        <FormActions>
          {children}
          {page ? (
            <Button variant="primary" onClick={() => leave(page)}>
              {text('toProviderPage')}
            </Button>
          ) : (
            <Button variant="primary" onClick={() => onPay(way)}>
              {text('payAmount', { amount })}
            </Button>
          )}
        </FormActions>
      )}
    </div>
  );
}
