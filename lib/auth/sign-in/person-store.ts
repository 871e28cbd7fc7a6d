import type { Adapter, AdapterUser } from 'next-auth/adapters';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import { findUserByIdentity } from '../identities/store';
import { findUserByEmail, findUserById, insertLinkToken, setEmailVerified, takeLinkToken } from './store';

interface StoredUser {
  id: string;
  email: string;
  name: string;
  emailVerifiedAt: Date | null;
}

const adapterUser = (user: StoredUser | null): AdapterUser | null => user && { id: user.id, email: user.email, name: user.name, emailVerified: user.emailVerifiedAt };

/** One-time tokens and people as next-auth asks for them. It hands in tokens hashed; people are never created by signing in. */
export function personStore(clock: Clock): Adapter {
  return {
    getUser: async (id) => adapterUser(await findUserById(database(), id)),
    getUserByEmail: async (email) => adapterUser(await findUserByEmail(database(), email)),
    // Whoever comes from the identity provider was linked before this is asked (`admitIdentity`).
    getUserByAccount: async ({ providerAccountId }) => {
      const { oidc } = settings();
      return oidc ? adapterUser(await findUserByIdentity(database(), oidc.issuer, providerAccountId)) : null;
    },
    updateUser: async ({ id }) => {
      await setEmailVerified(database(), id, clock.now());
      const user = adapterUser(await findUserById(database(), id));
      if (!user) throw new Error(`The person ${id} is gone.`);
      return user;
    },
    createVerificationToken: async ({ identifier, token, expires }) => {
      await insertLinkToken(database(), { identifier, tokenHash: token, expiresAt: expires }, clock.now());
      return { identifier, token, expires };
    },
    useVerificationToken: async ({ identifier, token }) => {
      const taken = await takeLinkToken(database(), identifier, token);
      return taken && taken.expiresAt > clock.now() ? { identifier, token, expires: taken.expiresAt } : null;
    },
  };
}
