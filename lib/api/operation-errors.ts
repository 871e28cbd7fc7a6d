import type { ErrorCode } from '@/lib/core/errors';
import type { AnyContract } from '@/lib/http/contract';

const ofCredentials: ErrorCode[] = ['unauthenticated', 'api_key_expired', 'api_key_revoked', 'token_expired', 'session_expired', 'membership_ended', 'forbidden'];

/** Every error an operation can answer: its own first, then those that its method, input and credentials bring along. */
export function errorsOf(contract: AnyContract): ErrorCode[] {
  const codes: ErrorCode[] = [...contract.errors];
  if (contract.params || contract.query || contract.body) codes.push('invalid_request');
  if (contract.body) codes.push('malformed_body', 'unsupported_media_type', 'body_too_large');
  if (contract.method === 'POST' && contract.idempotency !== 'own') codes.push('idempotency_key_reused');
  if (contract.permission !== 'public') {
    if (contract.method !== 'GET') codes.push('cross_site_request');
    codes.push(...ofCredentials);
  }
  if (contract.aliases?.some((alias) => alias.startsWith('/api/portal'))) codes.push('portal_disabled');
  return [...new Set([...codes, 'overloaded' as const, 'internal' as const])];
}
