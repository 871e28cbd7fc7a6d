'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import { hasMethodForm } from '../payments/method-form';
import { MethodLine } from '../payments/method-line';
import type { ChargedDto, ChargedActions } from './types';

const load = () => import('./charge-to-dialog').then((module) => module.ChargeToDialog);
const ChargeToDialog = dynamic(load, { ssr: false });

interface ChargedToProps {
  charged: ChargedDto;
  /** Null for people who may only look, and where the provider changes it on its own pages alone. */
  actions: ChargedActions | null;
}

/** What a payment provider charges the subscription to that it renews, and the way to another card. */
export function ChargedTo({ charged, actions }: ChargedToProps) {
  const text = useTranslations('subscribing');
  const { method, provider, others } = charged;
  const gateway = actions?.gateway && hasMethodForm(actions.gateway) ? actions.gateway : null;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {method ? <MethodLine method={{ ...method, isDefault: false }} /> : text('chargedAtProvider', { provider })}
      {actions && (others.length > 0 || gateway) && (
        <DialogButton size="small" label={text('chargedChange')} load={load}>
          {(open, onOpenChange) => <ChargeToDialog charged={charged} actions={actions} gateway={gateway} open={open} onOpenChange={onOpenChange} />}
        </DialogButton>
      )}
    </span>
  );
}
