import { DomainError } from '@/lib/core/errors';
import { GatewayRefusal, GatewayUnavailable } from './gateway/failures';

/**
 * Asks a gateway for something that a caller waits for, in words that the caller can use. Throws
 * `payment_provider_unavailable` when the outcome is unknown, and `payment_refused` when the gateway will not do it.
 */
export async function askGateway<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof GatewayUnavailable) throw new DomainError('payment_provider_unavailable', undefined, { retryAfterSeconds: error.retryAfterSeconds });
    if (error instanceof GatewayRefusal) throw new DomainError('payment_refused');
    throw error;
  }
}
