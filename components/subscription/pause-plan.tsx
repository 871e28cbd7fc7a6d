'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import type { PausePlanProps } from './pause-dialog';

const load = () => import('./pause-dialog').then((module) => module.PauseDialog);
const PauseDialog = dynamic(load, { ssr: false });

/** The way to a pause of the subscription. */
export function PausePlan(props: PausePlanProps) {
  const text = useTranslations('subscription');
  return (
    <DialogButton label={text('pause')} load={load}>
      {(opened) => <PauseDialog {...props} {...opened} />}
    </DialogButton>
  );
}
