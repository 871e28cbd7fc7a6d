import { QueryObserver } from '@tanstack/react-query';
import { pauseBefore } from './live-pace';
import { queryClient } from './query-client';
import type { Heard, LiveOptions } from './use-live';

/** Reads it again and again, as `useLive` says, and tells what was heard each time. Returns the end. */
export function follow<Value>({ key, first, read }: Omit<LiveOptions<Value>, 'enabled'>, tell: (heard: Heard<Value>) => void): () => void {
  let pace = { alike: 0, failures: 0, last: '' };
  let known = first;
  const observer = new QueryObserver<Value>(queryClient(), {
    queryKey: key,
    queryFn: async ({ signal }) => {
      try {
        known = await read(signal, known);
        const told = JSON.stringify(known);
        pace = { alike: told === pace.last ? pace.alike + 1 : 0, failures: 0, last: told };
        return known;
      } catch (error) {
        pace = { ...pace, failures: pace.failures + 1 };
        throw error;
      }
    },
    initialData: () => first,
    gcTime: 0,
    // The pauses are our own: a failure waits for the next one, and whoever comes back is not told of ten seconds ago.
    retry: false,
    staleTime: 0,
    refetchOnMount: false,
    refetchInterval: () => pauseBefore(pace),
    refetchOnWindowFocus: () => {
      pace = { ...pace, alike: 0 };
      return 'always';
    },
  });
  return observer.subscribe(({ data = first, isError }) => tell({ data, isError }));
}
