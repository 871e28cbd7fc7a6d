'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import type { DialogProps } from './dialog';
import { Notice } from './notice';

interface DialogWindowProps extends Omit<DialogProps, 'trigger'> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What gets the focus back; null: what had it before. */
  opener: HTMLElement | null;
}

const widths = { small: 'md:max-w-[26rem]', medium: 'md:max-w-[34rem]', large: 'md:max-w-[48rem]' };

/**
 * What a `Dialog` shows while it is open, in the part of the page that is seen: in a tall frame that is not all of it.
 * Loaded with the first one, since most pages are read without opening any.
 */
export default function DialogWindow({ title, description, open, onOpenChange, opener, size = 'medium', yields = false, error, footer, children }: DialogWindowProps) {
  const text = useTranslations('common');
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !yields && onOpenChange(next)} modal={!yields} disablePointerDismissal={yields}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-x-0 top-[var(--visible-top,0px)] z-50 flex h-[var(--visible-height,100%)] items-end justify-center md:items-center md:p-6">
          <BaseDialog.Popup
            finalFocus={() => opener ?? true}
            className={clsx(
              'relative flex max-h-[calc(var(--visible-height,100dvh)*0.92)] w-full flex-col rounded-t-xl border border-line bg-raised shadow-float outline-none md:max-h-full md:rounded-xl',
              'transition duration-150 ease-out data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0',
              widths[size],
            )}
          >
            <header className="min-w-0 pt-4 pr-14 pl-5">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description && <BaseDialog.Description className="mt-1 text-sm text-ink-muted">{description}</BaseDialog.Description>}
            </header>
            <div className={clsx('min-h-0 flex-1 overflow-y-auto px-5', children || error ? 'py-4' : 'pt-4')}>
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
