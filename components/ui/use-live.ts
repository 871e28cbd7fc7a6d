'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { pauseBefore } from './live-pace';

export interface LiveOptions<Value> {
  /** Names what is read: two that share it share the answers. */
  key: readonly unknown[];
  /** What the page came with. */
  first: Value;
  /** Reads it again; throws when it cannot. */
  read: (signal: AbortSignal) => Promise<Value>;
  /** False for what does not move. */
  enabled?: boolean;
}

/**
 * What the server says, read again and again: every five seconds while it moves, less often while it does not or cannot be
 * read, never while the tab is hidden, and at once when it is shown again. `isError`: the last reading failed, and `data` is
 * what was read before it.
 */
export function useLive<Value>({ key, first, read, enabled = true }: LiveOptions<Value>): { data: Value; isError: boolean } {
  const pace = useRef({ alike: 0, failures: 0, last: '' });
  const { data, isError } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const now = pace.current;
      try {
        const value = await read(signal);
        const told = JSON.stringify(value);
        pace.current = { alike: told === now.last ? now.alike + 1 : 0, failures: 0, last: told };
        return value;
      } catch (error) {
        pace.current = { ...now, failures: now.failures + 1 };
        throw error;
      }
    },
    initialData: first,
    enabled,
    // The pauses are the hook's own: a failure waits for the next one, and whoever comes back is not told of ten seconds ago.
    retry: false,
    staleTime: 0,
    refetchOnMount: false,
    refetchInterval: () => pauseBefore(pace.current),
    refetchOnWindowFocus: () => {
      pace.current = { ...pace.current, alike: 0 };
      return 'always';
    },
  });
  return { data: data === undefined ? first : data, isError };
}
