'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '../ui/dialog-button';
import { useDialogInAddress } from '../ui/use-dialog-in-address';
import type { InviteButtonProps } from './invite-dialog';

const load = () => import('./invite-dialog').then((module) => module.InviteDialog);
const InviteDialog = dynamic(load, { ssr: false });

/** The way to a new member. */
export function InviteButton(props: InviteButtonProps) {
  const text = useTranslations('team');
  const [open, setOpen] = useDialogInAddress('invite');
  return (
    <DialogButton fresh variant="primary" label={text('invite')} load={load} open={open} onOpenChange={setOpen}>
      {(opened) => <InviteDialog {...props} {...opened} />}
    </DialogButton>
  );
}
