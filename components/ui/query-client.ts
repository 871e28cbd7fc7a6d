import { QueryClient } from '@tanstack/react-query';

let ofTab: QueryClient | null = null;

/**
 * What `useQuery` asks with: one cache of answers for each browser tab, one for each use on the server, which serves many
 * people. Given to it by hand, so that only what asks loads it. A failed read is tried once more before the page says so.
 */
export function queryClient(): QueryClient {
  if (ofTab) return ofTab;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } });
  if (typeof window === 'undefined') return client;
  // From now on it hears when the tab is shown again or the network is back.
  client.mount();
  ofTab = client;
  return client;
}
