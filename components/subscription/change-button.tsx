'use client';

import dynamic from 'next/dynamic';
import type { ButtonVariant } from '@/components/ui/button';
import { DialogButton } from '@/components/ui/dialog-button';
import type { ChangeTarget } from './change-dialog';
import type { SubscriptionActions } from './types';

const load = () => import('./change-dialog').then((module) => module.ChangeDialog);
const ChangeDialog = dynamic(load, { ssr: false });

interface ChangeButtonProps {
  label: string;
  variant?: ButtonVariant;
  target: ChangeTarget;
  actions: SubscriptionActions;
}

/** A button to one plan, with what this costs shown before it happens. */
export function ChangeButton({ label, variant = 'secondary', target, actions }: ChangeButtonProps) {
  return (
    <DialogButton label={label} variant={variant} load={load}>
      {(opened) => <ChangeDialog target={target} actions={actions} {...opened} />}
    </DialogButton>
  );
}
