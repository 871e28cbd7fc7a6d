'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from './button';

export interface ErrorStateProps {
  title?: string;
  description?: string;
  /** Shown so that a person can name the failure to us. */
  requestId?: string;
  /** What "Try again" does; without it the page's data is read again. */
  onRetry?: () => void | Promise<unknown>;
}

/** What stands where something failed to load: what happened, and a way to try again. */
export function ErrorState({ title, description, requestId, onRetry }: ErrorStateProps) {
  const text = useTranslations('common');
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <p className="font-medium">{title ?? text('failedTitle')}</p>
      <p className="max-w-[48ch] text-sm text-ink-muted">{description ?? text('failedDescription')}</p>
      {requestId && <p className="font-mono text-xs text-ink-faint">{text('requestId', { id: requestId })}</p>}
      <div className="mt-3">
        <Button loading={refreshing} onClick={onRetry ?? (() => startRefresh(() => router.refresh()))}>
          {text('retry')}
        </Button>
      </div>
    </div>
  );
}
