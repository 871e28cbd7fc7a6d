'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { cloneElement, useState, type ComponentProps, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { Button } from './button';

export interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled from elsewhere. */
  trigger?: ReactElement<ComponentProps<'button'>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'small' | 'medium' | 'large';
  /** While true something else may lie over it and be used, such as what a bank asks; it then neither keeps the focus nor closes. */
  yields?: boolean;
  /** What went wrong inside it; said at once to screen readers. */
  error?: ReactNode;
  /** The buttons at the bottom, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
}

const loadWindow = () => import('./dialog-window');
const DialogWindow = dynamic(loadWindow, { ssr: false });

/** Has the window loaded by the time that it is opened; if that fails, opening it loads it again. */
export function prepareWindow(): void {
  loadWindow().catch(() => undefined);
}

/** A window over the page that keeps focus until it is closed; a sheet from the bottom on phones. */
export function Dialog({ trigger, open, onOpenChange, ...content }: DialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;
  // It stays once it was shown, so that it can fade away.
  const [wasShown, setWasShown] = useState(shown);
  if (shown && !wasShown) setWasShown(true);
  const [opener, setOpener] = useState<HTMLElement | null>(null);

  function show(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <>
      {trigger &&
        cloneElement(trigger, {
          'aria-haspopup': 'dialog',
          'aria-expanded': shown,
          onPointerEnter: prepareWindow,
          onFocus: prepareWindow,
          onClick: (event: MouseEvent<HTMLButtonElement>) => {
            setOpener(event.currentTarget);
            show(true);
          },
        })}
      {wasShown && <DialogWindow {...content} open={shown} onOpenChange={show} opener={opener} />}
    </>
  );
}

export interface ConfirmDialogProps extends Pick<DialogProps, 'trigger' | 'open' | 'onOpenChange'> {
  title: ReactNode;
  description?: ReactNode;
  /** A verb and its object: "Cancel subscription", never "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'primary' | 'danger';
  /** Runs on confirm; the dialog closes when it resolves to anything but `false`, and stays open when it fails. */
  onConfirm: () => Promise<boolean | void>;
  /** Why the last attempt failed. */
  error?: ReactNode;
  children?: ReactNode;
}

/** Asks once more before something that is hard to undo. */
export function ConfirmDialog({ trigger, open, onOpenChange, title, description, confirmLabel, cancelLabel, tone = 'primary', onConfirm, error, children }: ConfirmDialogProps) {
  const text = useTranslations('common');
  const [ownOpen, setOwnOpen] = useState(false);

  function show(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <Dialog
      trigger={trigger}
      open={open ?? ownOpen}
      onOpenChange={show}
      size="small"
      title={title}
      description={description}
      error={error}
      footer={
        <>
          <Button onClick={() => show(false)}>{cancelLabel ?? text('cancel')}</Button>
          <Button variant={tone} onClick={async () => (await onConfirm()) !== false && show(false)}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
