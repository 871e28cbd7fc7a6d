import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { inTransaction } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { emailInput } from '../sign-in/sign-in';
import { findUserByEmail, setEmailVerified } from '../sign-in/store';
import { recordIdentityChange } from './record';
import { findUserByIdentity, insertIdentity } from './store';

/** What the identity provider says of who signed in there: claims of a checked ID token (OpenID Connect Core 1.0, section 5.1). */
export interface IdentityClaims {
  sub?: unknown;
  email?: unknown;
  email_verified?: unknown;
}

/** Why somebody whom the identity provider knows is not let in. The sign-in page has a sentence for each. */
export type IdentityRefusal = 'email_unverified' | 'unknown_person' | 'identity_differs';

export type IdentitySignIn = { personId: string; linked: boolean } | { refused: IdentityRefusal };

const claimed = z.object({ sub: z.string().min(1).max(255) });
const address = z.object({ email: emailInput, email_verified: z.literal(true) });

/**
 * The person whom the identity provider means, by the name that it never gives to another (`sub`). The first time that is
 * the person with the same e-mail address, if the provider says that it is verified; who nobody invited stays outside.
 * Once linked, the address no longer counts: it may change there, and one that was given to a successor opens nothing
 * (`identity_differs`). Nobody can wait in an account under somebody else's address, since people come to be by the link
 * of an invitation alone. Throws for claims without a subject.
 */
export function signInByIdentity(issuer: string, claims: IdentityClaims, clock: Clock): Promise<IdentitySignIn> {
  const { sub: subject } = claimed.parse(claims);
  return inTransaction(async (transaction): Promise<IdentitySignIn> => {
    const known = await findUserByIdentity(transaction, issuer, subject);
    if (known) return { personId: known.id, linked: false };

    const given = address.safeParse(claims);
    if (!given.success) return { refused: 'email_unverified' };
    const person = await findUserByEmail(transaction, given.data.email);
    if (!person) return { refused: 'unknown_person' };

    const identityId = newId('idn');
    const linked = await insertIdentity(transaction, { id: identityId, userId: person.id, issuer, subject, createdAt: clock.now() });
    if (!linked) {
      // Either the same sign-in in another tab was faster, or the person is somebody else at the issuer.
      const present = await findUserByIdentity(transaction, issuer, subject);
      return present?.id === person.id ? { personId: person.id, linked: false } : { refused: 'identity_differs' };
    }
    await setEmailVerified(transaction, person.id, clock.now());
    await recordIdentityChange(transaction, { action: 'identity.linked', identityId, personId: person.id, issuer, subject }, clock);
    return { personId: person.id, linked: true };
  });
}
