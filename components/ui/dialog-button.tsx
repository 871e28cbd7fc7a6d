'use client';

import { Fragment, useState, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { prepareWindow } from './dialog';

type Change = (open: boolean) => void;

/** What a dialog is told that such a button opens. */
export interface OpenedBy {
  open: boolean;
  onOpenChange: Change;
}

interface DialogButtonProps extends Omit<ButtonProps, 'onClick' | 'children'>, Partial<OpenedBy> {
  label: ReactNode;
  /** Loads what the dialog is made of: called when the pointer or the focus comes near, so that it is there by the press. */
  load: () => Promise<unknown>;
  /** Whether each press begins anew, not with what was entered before. */
  fresh?: boolean;
  /** The dialog, which comes by `dynamic` of the same `load`; made with the first press and kept from then on. */
  children: (opened: OpenedBy) => ReactNode;
}

/** A button whose dialog is no part of the page until it is wanted. */
export function DialogButton({ label, load, open, onOpenChange, fresh = false, children, ...button }: DialogButtonProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [presses, setPresses] = useState(0);
  const shown = open ?? ownOpen;
  const [wasShown, setWasShown] = useState(shown);
  if (shown && !wasShown) setWasShown(true);

  const show: Change = (next) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };

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
        aria-expanded={shown}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={(event) => {
          // Some browsers focus no button that is clicked; the dialog gives the focus back to what had it.
          event.currentTarget.focus();
          setPresses(presses + 1);
          show(true);
        }}
      >
        {label}
      </Button>
      {wasShown && <Fragment key={fresh ? presses : undefined}>{children({ open: shown, onOpenChange: show })}</Fragment>}
    </>
  );
}
