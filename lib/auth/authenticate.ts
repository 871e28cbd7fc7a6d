import type { Clock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import { settings } from '@/lib/core/settings';
import { authenticateApiKey, rememberedKeyHolder } from './api-keys';
import type { Caller, CredentialSource } from './caller';
import { embedHeader } from '@/lib/core/embed-header';
import { embedCredential, readEmbedSession } from './embedding/embed-session';
import { rolePermissions } from './permissions';
import { readCookie, sessionCookie } from './sessions/cookie';
import { readSession } from './sessions/sessions';
import { authenticateUserToken } from './tokens/user-tokens';

async function authenticateSession(cookieText: string, clock: Clock): Promise<Caller> {
  if (!settings().portalEnabled) throw new DomainError('portal_disabled');
  const { id, person, membership } = await readSession(cookieText, clock);
  // Never another account in its place: the change was meant for the one that the person saw.
  if (!membership) throw new DomainError('membership_ended');
  return {
    actor: { kind: 'person', id: person.id },
    accountId: membership.account.id,
    permissions: rolePermissions[membership.role],
    credential: 'session',
    credentialId: id,
  };
}

/** The portal in a frame: it names its account, which a page of another site cannot. */
async function authenticateEmbedded(request: CredentialSource, accountId: string, clock: Clock): Promise<Caller> {
  if (!settings().portalEnabled) throw new DomainError('portal_disabled');
  const text = embedCredential(accountId, (name) => request.header(name));
  if (!text) throw new DomainError('unauthenticated');
  const { id, person, membership, embedding } = await readEmbedSession(text, accountId, clock);
  if (!membership) throw new DomainError('membership_ended');
  return {
    actor: { kind: 'person', id: person.id },
    accountId,
    permissions: rolePermissions[membership.role],
    roleAtMost: embedding?.role ?? null,
    credential: 'embed_session',
    credentialId: id,
  };
}

/**
 * Who calls, by what the request carries: an API key or a user token in `Authorization: Bearer …`, the session
 * cookie of a browser, or the session of the portal in a frame. Throws `unauthenticated` when it carries nothing valid, `not_found` when it names another account.
 */
export function authenticate(request: CredentialSource, clock: Clock): Promise<Caller> {
  const authorization = request.header('authorization');
  const bearer = bearerOf(authorization);
  const named = request.header('portal-account');
  if (bearer?.startsWith('cpk_')) return authenticateApiKey(bearer, named, clock);
  return authenticateOther(request, { authorization, bearer, named }, clock);
}

const bearerOf = (authorization: string | null): string | undefined => /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];

/** Who calls, where it is a product whose key is in memory and needs no further look; undefined: ask `authenticate`. */
export function rememberedCaller(request: CredentialSource, clock: Clock): Caller | undefined {
  const authorization = request.header('authorization');
  if (!authorization?.startsWith('Bearer cpk_')) return undefined;
  return rememberedKeyHolder(authorization.slice('Bearer '.length), request.header('portal-account'), clock);
}

interface Shown {
  authorization: string | null;
  bearer: string | undefined;
  named: string | null;
}

async function authenticateOther(request: CredentialSource, { authorization, bearer, named }: Shown, clock: Clock): Promise<Caller> {
  const embeddedIn = request.header(embedHeader);
  if (embeddedIn) return inNamedAccount(await authenticateEmbedded(request, embeddedIn, clock), named);
  const cookieText = authorization ? null : readCookie(request.header('cookie'), sessionCookie().name);
  if (bearer?.startsWith('put_')) return inNamedAccount(await authenticateUserToken(bearer, clock), named);
  if (cookieText) return inNamedAccount(await authenticateSession(cookieText, clock), named);
  throw new DomainError('unauthenticated');
}

/** Somebody who names an account other than the one they act for would change the wrong one: they are told that it is not theirs. */
function inNamedAccount(caller: Caller, named: string | null): Caller {
  if (named && named !== caller.accountId) throw new DomainError('not_found', 'No such account.');
  return caller;
}
