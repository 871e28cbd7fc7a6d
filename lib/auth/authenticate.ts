import type { Clock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import { authenticateApiKey } from './api-keys';
import type { Caller, CredentialSource } from './caller';

/**
 * Who calls, by what the request carries: an API key or a user token in `Authorization: Bearer …`, or the session
 * cookie of a browser. Throws `unauthenticated` when it carries nothing valid.
 */
export async function authenticate(request: CredentialSource, clock: Clock): Promise<Caller> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
  if (bearer?.startsWith('cpk_')) return authenticateApiKey(bearer, request.header('portal-account'), clock);
  throw new DomainError('unauthenticated');
}
