'use client';

import { useState, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { prepareWindow } from './dialog';

interface DialogButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  label: ReactNode;
  /** Loads what the dialog is made of: called when the pointer or the focus comes near, so that it is there by the press. */
  load: () => Promise<unknown>;
  /** The dialog; made with the first press and kept from then on, with what was entered. */
  children: (open: boolean, onOpenChange: (open: boolean) => void) => ReactNode;
}

/** A button whose dialog is no part of the page until it is wanted. The dialog itself comes by `dynamic`, of the same `load`. */
export function DialogButton({ label, load, children, ...button }: DialogButtonProps) {
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);

  function prepare() {
    prepareWindow();
    // If that fails, the press loads it again.
    load().catch(() => undefined);
  }

  return (
    <>
      <Button
        {...button}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={(event) => {
          // Some browsers focus no button that is clicked; the dialog gives the focus back to what had it.
          event.currentTarget.focus();
          setWasOpen(true);
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {wasOpen && children(open, setOpen)}
    </>
  );
}
