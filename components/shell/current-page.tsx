'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useDestination, useOverdue } from '@/components/ui/destination';
import { PageSkeleton } from './page-skeleton';

const withoutFrame = (path: string): string => path.replace(/^\/embed\/\w+/, '');

/** The path of the page that was asked for last, without the frame's: it may be on its way. */
export function useCurrentPath(): string {
  const path = usePathname();
  return withoutFrame(useDestination() ?? path);
}

/** The page, or its skeleton while it lets wait for itself. The page before it stays as it was until then, should the way lead back to it. */
export function CurrentPage({ children }: { children: ReactNode }) {
  const path = usePathname();
  const destination = useDestination();
  const isAwaited = useOverdue(destination !== null && destination !== path);
  return (
    <>
      {isAwaited && destination !== null && <PageSkeleton path={withoutFrame(destination)} />}
      <div hidden={isAwaited} aria-busy={destination !== null}>
        {children}
      </div>
    </>
  );
}
