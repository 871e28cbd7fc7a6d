'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import type { SpendCapDialogProps } from './spend-cap-dialog';

const load = () => import('./spend-cap-dialog').then((module) => module.SpendCapDialog);
const SpendCapDialog = dynamic(load, { ssr: false });

/** The way to the spend cap. */
export function SpendCapButton(props: SpendCapDialogProps) {
  const text = useTranslations('usage');
  return (
    <DialogButton size="small" label={text(props.capMinor === null ? 'setSpendCap' : 'changeSpendCap')} load={load}>
      {(opened) => <SpendCapDialog {...props} {...opened} />}
    </DialogButton>
  );
}
