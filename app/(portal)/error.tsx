'use client';

import { ErrorState } from '@/components/ui/error-state';

/** A page failed; the frame around it stays, so the other pages are one press away. */
export default function PortalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <ErrorState requestId={error.digest} onRetry={retry} />;
}
