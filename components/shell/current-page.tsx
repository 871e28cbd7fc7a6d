'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { useDestination, useOverdue } from '@/components/ui/destination';

const withoutFrame = (path: string): string => path.replace(/^\/embed\/\w+/, '');

/** The path of the page that was asked for last, without the frame's: it may be on its way. */
export function useCurrentPath(): string {
  const path = usePathname();
  return withoutFrame(useDestination() ?? path);
}

/** The skeletons, loaded when the first page is asked for; null until they are there. */
function useSkeletons(isNeeded: boolean): ((path: string) => ReactNode) | null {
  const [skeletons, setSkeletons] = useState<((path: string) => ReactNode) | null>(null);
  useEffect(() => {
    if (isNeeded) void import('./page-skeleton').then(({ skeletonOf }) => setSkeletons(() => skeletonOf));
  }, [isNeeded]);
  return skeletons;
}

/** The page, or its skeleton while it lets wait for itself. The page before it stays as it was until then, should the way lead back to it. */
export function CurrentPage({ children }: { children: ReactNode }) {
  const path = usePathname();
  const destination = useDestination();
  const isUnderWay = destination !== null && destination !== path;
  const isOverdue = useOverdue(isUnderWay);
  const skeletonOf = useSkeletons(isUnderWay);
  const isReplaced = isUnderWay && isOverdue && skeletonOf !== null;
  return (
    <>
      {isReplaced && skeletonOf(withoutFrame(destination))}
      <div hidden={isReplaced} aria-busy={isUnderWay}>
        {children}
      </div>
    </>
  );
}
