'use server';

import { z } from 'zod';
import { setEmbedOrigins } from '@/lib/auth/embedding/embed-origins';
import { embedOriginsInput } from '@/lib/auth/embedding/schema';
import { unlinkIdentity } from '@/lib/auth/identities/own-identity';
import { runningSession } from '@/lib/auth/session';
import { endOtherSessions, endOwnSession } from '@/lib/auth/sessions/sessions';
import { profileChangeInput } from '@/lib/billing/accounts/schema';
import { updateAccount } from '@/lib/billing/accounts/update-account';
import { DomainError } from '@/lib/core/errors';
import { idInput } from '@/lib/core/input';
import { settings } from '@/lib/core/settings';
import { action } from '@/lib/http/action';

/** Sets which origins may show the portal in a frame. */
export const saveEmbedOrigins = action({ permission: 'account:write', input: embedOriginsInput, handle: (context, { origins }) => setEmbedOrigins(context, origins) });

export const saveProfile = action({ permission: 'account:write', input: profileChangeInput, handle: updateAccount });

/** Signs the person out everywhere but in the browser that asks. Every role may: it concerns themselves alone. */
export const signOutOthers = action({
  permission: 'account:read',
  input: z.strictObject({}),
  handle: async ({ clock }) => {
    const session = await runningSession();
    if (!session) throw new DomainError('session_expired');
    return endOtherSessions(session.id, session.person.id, clock);
  },
});

/** Signs the person out of one of their browsers. Every role may: it concerns themselves alone. */
export const signOutOne = action({
  permission: 'account:read',
  input: z.strictObject({ id: idInput }),
  handle: ({ actor, clock }, { id }) => endOwnSession(id, actor.id, clock),
});

/** Unlinks the person from who they are at the identity provider. Every role may: it concerns themselves alone. */
export const unlinkSignIn = action({
  permission: 'account:read',
  input: z.strictObject({}),
  handle: async ({ actor, clock }) => {
    const { oidc } = settings();
    if (oidc) await unlinkIdentity(actor.id, oidc.issuer, clock);
  },
});
