'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useNotify } from '@/components/ui/toast';
import { useDialogInAddress } from '@/components/ui/use-dialog-in-address';
import { MethodFormSkeleton } from './fields-skeleton';
import { hasMethodForm } from './method-form';
import { pagesFor, type GatewayView, type MethodActions, type OpenCheckout } from './types';
import { useProblem } from './use-problem';
import { useProviderPage } from './use-provider-page';

const ProviderWindow = dynamic(() => import('./provider-window').then((module) => module.ProviderWindow), { ssr: false });
const NewMethod = dynamic(() => import('./new-method').then((module) => module.NewMethod), { ssr: false, loading: MethodFormSkeleton });

const row = 'flex flex-wrap justify-center gap-2';

export interface AddMethodProps {
  gateway: GatewayView;
  actions: MethodActions & { openCheckout: OpenCheckout };
  variant?: ButtonVariant;
}

/** Stores a payment method: in a dialog by the provider's fields, or on the provider's own page. */
export function AddMethod({ gateway, actions, variant = 'secondary' }: AddMethodProps) {
  const text = useTranslations('pay');
  const notify = useNotify();
  const problemOf = useProblem();
  const providerPage = useProviderPage();
  const [open, setOpen] = useDialogInAddress('method');
  const [overlay, setOverlay] = useState(false);
  const pages = pagesFor(gateway, 'setup');
  const hasPage = pages.some(({ name }) => name === gateway.name);
  const others = pages.filter(({ name }) => name !== gateway.name);

  async function leave(name = gateway.name) {
    const failure = await providerPage.go(() => actions.openCheckout({ gateway: name }));
    if (failure) return notify.failure(problemOf(failure));
    setOpen(false);
  }

  if (providerPage.opened) return <ProviderWindow opened={providerPage.opened} onEnd={providerPage.forget} />;
  const icon = <Plus aria-hidden="true" size={14} />;
  const elsewhere = others.map(({ name, title }) => (
    <Button key={name} variant="secondary" icon={icon} onClick={() => leave(name)}>
      {text('addAt', { provider: title })}
    </Button>
  ));
  if (!hasMethodForm(gateway)) {
    return (
      <div className={row}>
        {hasPage && <Button variant={variant} icon={icon} onClick={() => leave()}>{text('add')}</Button>}
        {elsewhere}
      </div>
    );
  }
  return (
    <div className={row}>
      <Button variant={variant} icon={icon} onClick={() => setOpen(true)}>
        {text('add')}
      </Button>
      {elsewhere}
      <Dialog open={open} onOpenChange={setOpen} yields={overlay} title={text('addTitle')} description={text('addText')}>
        {open && (
          <NewMethod
            gateway={gateway}
            actions={actions}
            submitLabel={text('store')}
            onOverlay={setOverlay}
            onStored={(id) => {
              notify.success(text(id ? 'storedSomething' : 'storing'));
              setOpen(false);
            }}
          >
            {hasPage && <Button variant="ghost" onClick={() => leave()}>{text('addOnPage')}</Button>}
          </NewMethod>
        )}
      </Dialog>
    </div>
  );
}
