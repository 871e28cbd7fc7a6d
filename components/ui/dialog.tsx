'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from './button';
import { Notice } from './notice';

export interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled from elsewhere. */
  trigger?: ReactElement;
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

const widths = { small: 'md:max-w-[26rem]', medium: 'md:max-w-[34rem]', large: 'md:max-w-[48rem]' };

/** A window over the page that keeps focus until it is closed; a sheet from the bottom on phones. */
export function Dialog({ title, description, trigger, open, onOpenChange, size = 'medium', yields = false, error, footer, children }: DialogProps) {
  const text = useTranslations('common');
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !yields && onOpenChange?.(next)} modal={!yields} disablePointerDismissal={yields}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-end justify-center md:items-center md:p-6">
          <BaseDialog.Popup
            className={clsx(
              'relative flex max-h-[92dvh] w-full flex-col rounded-t-xl border border-line bg-raised shadow-float outline-none md:max-h-full md:rounded-xl',
              'transition duration-150 ease-out data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0',
              widths[size],
            )}
          >
            <header className="min-w-0 pt-4 pr-14 pl-5">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description && <BaseDialog.Description className="mt-1 text-sm text-ink-muted">{description}</BaseDialog.Description>}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
              {error && (
                <div className="mb-4">
                  <Notice tone="negative" urgent title={error} />
                </div>
              )}
              {children}
            </div>
            {footer && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-md:pb-[calc(0.75rem+env(safe-area-inset-bottom))] max-md:[&>button]:grow">{footer}</footer>
            )}
            {/* Last in order, so that focus starts at the content and not at the way out. */}
            <div className="absolute top-3 right-3">
              <BaseDialog.Close render={<Button variant="ghost" size="small" icon={<X className="size-4" aria-hidden="true" />} aria-label={text('close')} />} />
            </div>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export interface ConfirmDialogProps {
  trigger: ReactElement;
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
export function ConfirmDialog({ trigger, title, description, confirmLabel, cancelLabel, tone = 'primary', onConfirm, error, children }: ConfirmDialogProps) {
  const text = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      size="small"
      title={title}
      description={description}
      error={error}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{cancelLabel ?? text('cancel')}</Button>
          <Button variant={tone} onClick={async () => (await onConfirm()) !== false && setOpen(false)}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
