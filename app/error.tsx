'use client';

import { ErrorState } from '@/components/ui/error-state';

/** The last resort of pages outside the portal's frame. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState requestId={error.digest} onRetry={retry} />
    </main>
  );
}
