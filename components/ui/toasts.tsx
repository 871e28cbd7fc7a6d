'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { toast, Toaster } from 'sonner';
import { toastDoor } from './toast-door';

const surface = 'flex w-full items-center gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-3 text-sm text-ink shadow-float md:w-[22rem]';

export default function Toasts() {
  const text = useTranslations('common');
  useEffect(() => {
    toastDoor.open = toast;
  }, []);
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      offset={{ bottom: 'calc(24px + var(--hidden-below, 0px))' }}
      mobileOffset={{ bottom: 'calc(4.5rem + env(safe-area-inset-bottom) + var(--hidden-below, 0px))' }}
      containerAriaLabel={text('notifications')}
      toastOptions={{
        unstyled: true,
        duration: 5000,
        closeButtonAriaLabel: text('close'),
        classNames: {
          toast: surface,
          title: 'font-medium',
          content: 'min-w-0 flex-1',
          success: '[&_[data-icon]]:text-positive-ink',
          error: '[&_[data-icon]]:text-negative-ink',
          actionButton: 'h-7 shrink-0 rounded-md border border-line-strong px-2.5 text-xs font-medium hover:bg-hover',
        },
      }}
    />
  );
}
