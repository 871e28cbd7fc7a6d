'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import type { CancelPlanProps } from './cancel-dialog';

const load = () => import('./cancel-dialog').then((module) => module.CancelDialog);
const CancelDialog = dynamic(load, { ssr: false });

/** The way to the end of the subscription. */
export function CancelPlan(props: CancelPlanProps) {
  const text = useTranslations('subscription');
  return (
    <DialogButton label={text('cancel')} load={load}>
      {(opened) => <CancelDialog {...props} {...opened} />}
    </DialogButton>
  );
}
