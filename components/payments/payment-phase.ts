import type { PaymentView } from './types';

/**
 * What the page shows of a payment: `choosing` how to pay, `paying` while our server asks the provider, `confirming` while the
 * bank asks the customer, `unconfirmed` when the bank still waits for an answer, `processing` until the end is known.
 */
export type PaymentPhase = 'choosing' | 'paying' | 'confirming' | 'unconfirmed' | 'processing' | 'paid' | 'failed';

/** The phase that the server's word puts the page in. */
export function phaseOf({ status, isOnProviderPage }: Pick<PaymentView, 'status' | 'isOnProviderPage'>): PaymentPhase {
  if (isOnProviderPage) return 'choosing';
  switch (status) {
    case 'requested':
    case 'processing':
      return 'processing';
    case 'requires_action':
      return 'unconfirmed';
    case 'succeeded':
      return 'paid';
    case 'failed':
      return 'failed';
    case 'canceled':
    case null:
      return 'choosing';
  }
}

/** What `useQuery` is told to ask the server again and again, less often each time, and to keep no answer. */
export const askingOn = {
  refetchInterval: ({ state }: { state: { dataUpdateCount: number; errorUpdateCount: number } }) => pollAfter(state.dataUpdateCount + state.errorUpdateCount),
  staleTime: 0,
  gcTime: 0,
  retry: false,
} as const;

/** Milliseconds until the server is asked again, after so many times: from one second to twenty. */
export function pollAfter(asked: number): number {
  return Math.min(1_000 * 1.4 ** asked, 20_000);
}
