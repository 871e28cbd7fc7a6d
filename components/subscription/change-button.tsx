'use client';

import { useState } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { ChangeDialog, type ChangeTarget } from './change-dialog';
import type { SubscriptionActions } from './types';

interface ChangeButtonProps {
  label: string;
  variant?: ButtonVariant;
  target: ChangeTarget;
  actions: SubscriptionActions;
}

/** A button to one plan, with what this costs shown before it happens. */
export function ChangeButton({ label, variant = 'secondary', target, actions }: ChangeButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ChangeDialog target={target} open={open} onOpenChange={setOpen} actions={actions} />
    </>
  );
}
