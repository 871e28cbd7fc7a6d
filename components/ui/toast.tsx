'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { openToasts } from './toast-door';

/** Where toasts appear; mounted once. Loaded after the page, since nothing is said before somebody acts. */
export const Toasts = dynamic(() => import('./toasts'), { ssr: false });

export interface Notify {
  /** Stays longer when it offers to take back what was done. */
  success: (message: string, options?: { undo?: () => void }) => void;
  /** Stays until dismissed when it offers a retry. */
  failure: (message: string, options?: { retry?: () => void }) => void;
  /** The translated text of an error code, as answered by the API or a server action; unknown codes read as `internal`. */
  error: (code: string, options?: { retry?: () => void }) => void;
}

/** Says how something went, in the corner, without moving the page. */
export function useNotify(): Notify {
  const text = useTranslations('common');
  const errorText = useErrorText();
  return useMemo(() => {
    const failure: Notify['failure'] = async (message, { retry } = {}) => {
      const toast = await openToasts();
      toast.error(message, retry && { duration: Infinity, action: { label: text('retry'), onClick: retry } });
    };
    return {
      success: async (message, { undo } = {}) => {
        const toast = await openToasts();
        toast.success(message, undo && { duration: 10_000, action: { label: text('undo'), onClick: undo } });
      },
      failure,
      error: (code, options) => failure(errorText(code), options),
    };
  }, [text, errorText]);
}

/** Turns an error code into a sentence in the reader's language. */
export function useErrorText(): (code: string) => string {
  const errors = useTranslations('errors');
  return useMemo(() => (code) => (isKnown(errors, code) ? errors(code) : errors('internal')), [errors]);
}

type Errors = ReturnType<typeof useTranslations<'errors'>>;

function isKnown(errors: Errors, code: string): code is Parameters<Errors>[0] {
  return errors.has(code as Parameters<Errors>[0]);
}
