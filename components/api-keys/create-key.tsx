'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '../ui/dialog-button';
import { useDialogInAddress } from '../ui/use-dialog-in-address';
import type { CreateKeyProps } from './create-dialog';

const load = () => import('./create-dialog').then((module) => module.CreateDialog);
const CreateDialog = dynamic(load, { ssr: false });

/** The way to a new key. */
export function CreateKey(props: CreateKeyProps) {
  const text = useTranslations('apiKeys');
  const [open, setOpen] = useDialogInAddress('create');
  return (
    <DialogButton fresh variant="primary" label={text('create')} load={load} open={open} onOpenChange={setOpen}>
      {(opened) => <CreateDialog {...props} {...opened} />}
    </DialogButton>
  );
}
