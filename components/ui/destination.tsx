'use client';

import { useRouter } from 'next/navigation';
import { createContext, startTransition, useCallback, useContext, useEffect, useOptimistic, useState, type ReactNode } from 'react';

export interface Going {
  scroll?: boolean;
  replace?: boolean;
}

type Go = (address: string, options?: Going) => void;

// Apart: whoever only goes somewhere is not drawn again when somebody does.
const GoContext = createContext<Go | null>(null);
const DestinationContext = createContext<string | null>(null);

/**
 * Remembers the page that is on its way, so that what leads to it and what stands in its place can show it at once.
 * Instead of a `loading.tsx` a page: with that, the server would send each page as a skeleton first and what it holds after
 * it, though it is read in less time than a skeleton takes to be drawn.
 */
export function TravelProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [destination, setDestination] = useOptimistic<string | null>(null);
  const go = useCallback<Go>(
    (address, { scroll, replace } = {}) =>
      startTransition(() => {
        setDestination(new URL(address, location.href).pathname);
        router[replace ? 'replace' : 'push'](address, { scroll });
      }),
    [router, setDestination],
  );
  return (
    <GoContext value={go}>
      <DestinationContext value={destination}>{children}</DestinationContext>
    </GoContext>
  );
}

/** How to go to an address of this portal; null outside of its shell. */
export const useGo = (): Go | null => useContext(GoContext);

/** The path that is asked for and not there yet. */
export const useDestination = (): string | null => useContext(DestinationContext);

/** Milliseconds. What comes sooner replaces the page at once: a skeleton would only flicker. */
const patience = 150;

/** Whether something has lasted for longer than a reader takes for at once. */
export function useOverdue(lasts: boolean): boolean {
  const [overdue, setOverdue] = useState(false);
  useEffect(() => {
    if (!lasts) return;
    const timer = setTimeout(() => setOverdue(true), patience);
    return () => {
      clearTimeout(timer);
      setOverdue(false);
    };
  }, [lasts]);
  return lasts && overdue;
}
