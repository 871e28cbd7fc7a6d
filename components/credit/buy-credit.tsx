'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import type { BuyCreditProps } from './buy-dialog';

const load = () => import('./buy-dialog').then((module) => module.BuyDialog);
const BuyDialog = dynamic(load, { ssr: false });

/** The way to prepaid credit. */
export function BuyCredit(props: BuyCreditProps) {
  const text = useTranslations('credit');
  return (
    <DialogButton variant="primary" label={text('buy')} load={load}>
      {(opened) => <BuyDialog {...props} {...opened} />}
    </DialogButton>
  );
}
