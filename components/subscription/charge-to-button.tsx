'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import { hasMethodForm } from '../payments/method-form';
import type { ChargedActions, ChargedDto } from './types';

const load = () => import('./charge-to-dialog').then((module) => module.ChargeToDialog);
const ChargeToDialog = dynamic(load, { ssr: false });

/** The way to another method for what a provider renews; none where there is no other. */
export function ChargeToButton({ charged, actions }: { charged: ChargedDto; actions: ChargedActions }) {
  const text = useTranslations('subscribing');
  const gateway = actions.gateway && hasMethodForm(actions.gateway) ? actions.gateway : null;
  if (charged.others.length === 0 && !gateway) return null;
  return (
    <DialogButton fresh size="small" label={text('chargedChange')} load={load}>
      {(opened) => <ChargeToDialog charged={charged} actions={actions} gateway={gateway} {...opened} />}
    </DialogButton>
  );
}
